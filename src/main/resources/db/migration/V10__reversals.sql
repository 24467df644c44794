-- RULES F5: a person takes a change back by a link. What that needs is kept for seven days.

alter table subject
    add column frozen_at timestamptz; -- a change was disowned: nothing is added until the help desk lifts it

-- The changes of a subject, numbered in their order: they are made under the subject's row lock.
create table subject_change (
    id           bigint generated always as identity primary key,
    subject_id   bigint      not null references subject (id) on delete cascade,
    type         text        not null, -- of the notice that told of it
    factor_id    uuid,
    factor_type  text,
    label        text, -- of the factor, or of a mail address that came, masked
    key_id       text, -- RULES H4: the key that sealed the address before
    former_email bytea, -- of a change of the mail address; null where there was none
    at           timestamptz not null,
    disowned_at  timestamptz,
    check ((key_id is null) = (former_email is null))
);
create index subject_change_subject on subject_change (subject_id, id);
create index subject_change_at on subject_change (at);
create index subject_change_key on subject_change (key_id) where key_id is not null;

-- One for each address that a change was told to; of the link only a keyed hash.
create table disowning_link (
    digest    bytea primary key,
    change_id bigint not null references subject_change (id) on delete cascade
);
create index disowning_link_change on disowning_link (change_id);

alter table factor
    drop constraint factor_status_check,
    add constraint factor_status_check check (status in ('pending', 'active', 'suspended', 'removed')),
    add column added_by bigint not null default 0, -- the number of the change
    add column removed_by bigint,
    add column removed_at timestamptz,
    add check ((status = 'removed') = (removed_by is not null)),
    add check ((removed_by is null) = (removed_at is null));
create index factor_removed on factor (removed_at) where status = 'removed';

-- RULES C3: a subject has one set, beside those that were replaced or suspended.
drop index factor_recovery;
create unique index factor_recovery on factor (subject_id) where type = 'recovery_code' and status = 'active';
