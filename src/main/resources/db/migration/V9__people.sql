-- People who change their address, leave, or come from another product.

-- RULES F6: for 30 days an address that was replaced still hears of changes.
create table former_address (
    id          uuid primary key,
    subject_id  bigint      not null references subject (id) on delete cascade,
    key_id      text        not null,
    address     bytea       not null, -- RULES H4: sealed
    digest      bytea       not null, -- keyed hash, so that an address is there once
    replaced_at timestamptz not null,
    ends_at     timestamptz not null,
    unique (subject_id, digest)
);
create index former_address_end on former_address (ends_at);
create index former_address_key on former_address (key_id);

-- RULES F6: the tombstone of a subject, a keyed hash of application and id. Nothing leads from it to the audit trail.
create table erased_subject (
    digest  bytea primary key,
    ends_at timestamptz not null
);
create index erased_subject_end on erased_subject (ends_at);

create table import (
    id             uuid primary key,
    application_id text collate "C" not null references application (id) on delete cascade,
    tell_people    boolean     not null,
    lines_done     bigint      not null default 0,
    imported       bigint      not null default 0,
    already_there  bigint      not null default 0,
    refused        bigint      not null default 0,
    created_at     timestamptz not null,
    updated_at     timestamptz not null
);
create index import_application on import (application_id);
create index import_updated on import (updated_at);

-- What became of a line; those without a row were imported. It names nobody.
create table import_line (
    import_id uuid   not null references import (id) on delete cascade,
    line      bigint not null,
    outcome   text   not null check (outcome in ('already_there', 'refused')),
    code      text, -- of the problem
    factor    int, -- which of the line's factors, from 0
    field     text, -- of the line
    primary key (import_id, line)
);
