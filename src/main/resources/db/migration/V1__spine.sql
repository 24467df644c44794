-- The applications that trust Postern, their people and the people's factors.
-- Ids that a caller chooses compare byte for byte (RULES B3), hence collate "C".

create table application (
    id           text collate "C" primary key check (id <> 'postern'), -- RULES A4: the audience of access tokens
    name         text        not null,
    policy       jsonb       not null default '{}',
    suspended_at timestamptz,
    created_at   timestamptz not null default now()
);

create table api_client (
    id             text collate "C" primary key,
    application_id text collate "C" not null references application (id) on delete cascade,
    scopes         text[]      not null,
    created_at     timestamptz not null default now()
);
create index api_client_application on api_client (application_id);

-- Several secrets a client may be good at once, so that one can be replaced while both are in use.
create table client_secret (
    id         uuid primary key,
    client_id  text collate "C" not null references api_client (id) on delete cascade,
    digest     bytea       not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz,
    unique (client_id, digest)
);

create table subject (
    id                bigint generated always as identity primary key,
    application_id    text collate "C" not null references application (id) on delete cascade,
    external_id       text collate "C" not null,
    email             text,
    display_name      text,
    locale            text,
    ask_every_sign_in boolean     not null default false,
    version           bigint      not null default 0, -- RULES F3: raised by every change of factors
    created_at        timestamptz not null default now(),
    updated_at        timestamptz not null default now(),
    unique (application_id, external_id)
);

create table factor (
    id              uuid primary key,
    subject_id      bigint      not null references subject (id) on delete cascade,
    type            text        not null,
    label           text        not null,
    status          text        not null check (status in ('pending', 'active')),
    default_factor  boolean     not null default false,
    key_id          text        not null, -- RULES H4: the key that sealed the secret
    secret          bytea       not null,
    last_step       bigint      not null default -1, -- RULES C1: the newest step that is spent
    failures        int         not null default 0, -- RULES D3: consecutive
    locked_at       timestamptz,
    told_at         timestamptz, -- RULES D3: when the person was last told of failures
    tries           int         not null default 0, -- RULES F3: of a pending factor
    expires_at      timestamptz, -- of a pending factor
    created_at      timestamptz not null default now(),
    activated_at    timestamptz,
    last_used_at    timestamptz,
    check ((status = 'pending') = (expires_at is not null))
) with (fillfactor = 85); -- a sign-in updates its row in place
create index factor_subject on factor (subject_id);
create unique index factor_default on factor (subject_id) where default_factor;
create index factor_pending on factor (expires_at) where status = 'pending';
create index factor_key on factor (key_id);

-- RULES B5: the row that says a challenge was approved; its key lets there be one.
create table approval (
    challenge uuid primary key,
    at        timestamptz not null default now()
);
create index approval_at on approval using brin (at);

-- RULES F1: proofs that were used.
create table spent_proof (
    jti        text collate "C" primary key,
    expires_at timestamptz not null
);
create index spent_proof_end on spent_proof (expires_at);

-- subject_id is the pseudonym: erasing the subject row leaves no way back to the person (RULES H5).
create table audit_event (
    id             bigint generated always as identity,
    at             timestamptz not null default now(),
    application_id text collate "C" not null,
    subject_id     bigint,
    type           text        not null,
    factor_id      uuid,
    factor_type    text,
    challenge      uuid,
    client_id      text collate "C",
    ip             text,
    user_agent     text,
    primary key (at, id)
) partition by range (at);
create table audit_event_rest partition of audit_event default;
create index audit_event_subject on audit_event (application_id, subject_id, at);
