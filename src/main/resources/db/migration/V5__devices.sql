-- Computers that passed a challenge and may skip the next ones until a fixed end (RULES G1).

create table remembered_device (
    id              uuid primary key, -- the series: its tokens follow one another
    subject_id      bigint      not null references subject (id) on delete cascade,
    subject_version bigint      not null, -- RULES G2: a change of factors ends it
    place           smallint    not null check (place between 1 and 10), -- there are no more
    token           bytea       not null, -- keyed hash of the newest token
    previous        bytea, -- keyed hash of the one before
    rotated_at      timestamptz,
    name            text        not null,
    ip              text,
    proven_at       timestamptz not null, -- the last real proof
    created_at      timestamptz not null,
    last_used_at    timestamptz not null,
    expires_at      timestamptz not null,
    unique (subject_id, place)
) with (fillfactor = 85); -- a use updates its row in place
create index remembered_device_end on remembered_device (expires_at);
