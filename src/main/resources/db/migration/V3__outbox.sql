-- Messages that go out with a change: written beside it, moved into the queue by every copy (RULES C4, H4).

create table outbox (
    id         uuid primary key,
    sealed     bytea       not null, -- RULES H4: names its key itself
    created_at timestamptz not null default now(),
    due_at     timestamptz not null default now(), -- later for a row that could not be moved
    expires_at timestamptz not null
);
create index outbox_due on outbox (due_at);
create index outbox_end on outbox (expires_at);
