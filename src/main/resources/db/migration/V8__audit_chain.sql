-- RULES H5: rows of the audit trail are written with the change and sealed afterwards, in an order of their own.

alter table audit_event
    add column actor           text, -- who acted for somebody else, such as a name at the help desk
    add column reason          text, -- as the actor wrote it, so perhaps about the person: erased with the person
    add column details         jsonb,
    add column sequence        bigint, -- null until sealed; per application, from 1, without a gap
    add column mac             bytea, -- over the previous row's mac and this row
    add column key_id          text collate "C", -- the key of the mac
    add column personal_salt   bytea, -- of the digest, or what says that the digest's columns were erased
    add column personal_digest bytea; -- of ip, user_agent and reason; null where the row had none

-- What waits for its seal, in the order in which it is sealed. Small: rows leave it within seconds.
create index audit_event_unsealed on audit_event (at, id) where sequence is null;
create index audit_event_sequence on audit_event (application_id, sequence) where sequence is not null;
create index audit_event_of_subject on audit_event (application_id, subject_id, sequence);
drop index audit_event_subject;

-- Both ends of an application's chain: the newest sealed row, and the last one that retention has dropped.
create table audit_chain (
    application_id   text collate "C" primary key,
    sequence         bigint not null,
    mac              bytea  not null,
    dropped_sequence bigint not null default 0,
    dropped_mac      bytea  not null,
    key_id           text collate "C" not null,
    seal             bytea  not null -- a mac over this row, so that its ends cannot be moved
);
