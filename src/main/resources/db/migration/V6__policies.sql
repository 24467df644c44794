-- Policies have versions, applications the addresses that browsers return to, clients a name for people.

alter table application
    add column return_addresses text[] not null default '{}',
    add column policy_version bigint not null default 1,
    add column policy_changed_at timestamptz not null default now(),
    add column policy_changed_by text collate "C"; -- the API client; null for the configuration

update application set policy_changed_at = created_at;

-- The versions before the current one, which stands in application.
create table policy_version (
    application_id text collate "C" not null references application (id) on delete cascade,
    version        bigint      not null,
    policy         jsonb       not null,
    changed_at     timestamptz not null,
    changed_by     text collate "C",
    primary key (application_id, version)
);

alter table api_client
    add column label text; -- null for clients of the configuration
