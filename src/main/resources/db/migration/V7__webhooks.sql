-- Endpoints that are told of events, and what they are told: an outbox whose rows are written with the change.

create table webhook_endpoint (
    id             uuid primary key,
    application_id text collate "C" not null references application (id) on delete cascade,
    url            text        not null,
    description    text,
    events         text[]      not null default '{}', -- the types that are told; empty: all
    enabled        boolean     not null default true,
    off_reason     text check (off_reason in ('operator', 'gone', 'failing')),
    off_at         timestamptz,
    failures       int         not null default 0, -- rounds of calls in a row that failed
    failing_since  timestamptz,
    next_try_at    timestamptz, -- of an endpoint that fails
    created_at     timestamptz not null default date_trunc('milliseconds', now()),
    removed_at     timestamptz, -- the row goes once its deliveries have gone
    check (removed_at is null or not enabled),
    check (enabled = (off_reason is null)),
    check ((off_reason is null) = (off_at is null))
);
create index webhook_endpoint_application on webhook_endpoint (application_id);
create index webhook_endpoint_removed on webhook_endpoint (removed_at) where removed_at is not null;

-- One signs, and for a while the one before it too.
create table webhook_secret (
    id          uuid primary key,
    endpoint_id uuid        not null references webhook_endpoint (id) on delete cascade,
    key_id      text        not null, -- RULES H4: the key that sealed the secret
    secret      bytea       not null,
    created_at  timestamptz not null default date_trunc('milliseconds', now()),
    expires_at  timestamptz
);
create index webhook_secret_endpoint on webhook_secret (endpoint_id);
create index webhook_secret_key on webhook_secret (key_id);
create index webhook_secret_end on webhook_secret (expires_at);

-- Without foreign keys: a sign-in that tells an endpoint does not wait for, and cannot fail by, whoever removes it.
-- subject_id is the pseudonym: the application's own id is looked up when the row is sent, so that none is kept here of
-- somebody who was erased (RULES H5).
create table webhook_delivery (
    id           uuid primary key,
    endpoint_id  uuid        not null,
    message      uuid        not null, -- one event, told to each endpoint and at each try under this id
    type         text        not null,
    subject_id   bigint,
    factor_id    uuid,
    factor_type  text,
    challenge    text, -- as the application knows it
    details      jsonb, -- what only this type of event tells
    state        text        not null default 'waiting' check (state in ('waiting', 'delivered', 'failed')),
    claim        uuid, -- by the copy that sends it; due_at is then when another may
    attempts     int         not null default 0, -- in all
    tries        int         not null default 0, -- that failed, since it was last asked for
    last_status  int,
    last_error   text,
    created_at   timestamptz not null default date_trunc('milliseconds', now()),
    attempted_at timestamptz,
    due_at       timestamptz not null default now(),
    expires_at   timestamptz not null default now() + interval '3 days',
    ended_at     timestamptz,
    check ((state = 'waiting') = (ended_at is null))
);
create index webhook_delivery_due on webhook_delivery (endpoint_id, due_at) where state = 'waiting';
create index webhook_delivery_claim on webhook_delivery (endpoint_id) where claim is not null;
create index webhook_delivery_list on webhook_delivery (endpoint_id, created_at, id);
create index webhook_delivery_over on webhook_delivery (expires_at) where state = 'waiting';
create index webhook_delivery_end on webhook_delivery (state, ended_at) where state <> 'waiting';
