-- The people who run Postern. Each is a subject of Postern's own application too, by their id, and has their factors there.
insert into application (id, name, policy)
values (
    'postern-console',
    'Postern',
    '{"allowed_factors":["totp","sms","recovery_code"],"enforcement":"required","remembered_days":0}')
on conflict do nothing;

create table operator (
    id                 uuid primary key,
    name               text collate "C" not null unique, -- never given again: the audit trail names it
    role               text        not null check (role in ('viewer', 'support', 'admin')),
    password           text, -- bcrypt over a keyed hash
    version            bigint      not null default 0, -- raised by every change: ends tokens and sign-ins under way
    first              boolean     not null default false,
    invitation         bytea unique, -- keyed hash of the one-time secret that sets the password
    invitation_ends_at timestamptz,
    enroll_until       timestamptz, -- until then the password alone opens the way to a first factor
    suspended_at       timestamptz,
    created_at         timestamptz not null,
    signed_in_at       timestamptz
);
-- Of several who make the first operator at once, one does.
create unique index operator_first on operator (first) where first;
