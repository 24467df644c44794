-- RULES E2: the kill switch. While a row is there, nothing goes out that it covers; a null covers all.

create table sending_stop (
    channel        text        not null check (channel in ('email', 'sms')),
    application_id text collate "C" references application (id) on delete cascade,
    region         text check (region ~ '^[A-Z]{2}$'), -- ISO 3166-1 alpha-2
    reason         text        not null,
    stopped_at     timestamptz not null default now(),
    check (region is null or channel = 'sms'), -- a mail has no region
    unique nulls not distinct (channel, application_id, region)
);
