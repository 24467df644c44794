-- Factors with a destination, and sets of codes that are each good once.

alter table factor
    add column destination bytea, -- keyed hash of an address or number; it lies sealed in secret
    add column confirm_email boolean not null default false, -- RULES F3: of a pending factor
    add column spent_codes bigint not null default 0, -- RULES C3: a bit for each code that was used
    add column confirmed_at timestamptz; -- when the person showed that they kept their recovery codes

-- An address or number is a subject's once.
create unique index factor_destination on factor (subject_id, type, destination) where status = 'active';
-- RULES C3: a subject has one set.
create unique index factor_recovery on factor (subject_id) where type = 'recovery_code';
