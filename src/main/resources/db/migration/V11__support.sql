-- RULES F4: the help desk gives a code to somebody who has nothing else at hand. It is a factor's row, so that the statement
-- that decides a try spends it, and ends by itself: at its time, and with any change of factors.
alter table factor
    add column good_until timestamptz,
    add column good_for bigint, -- the version of the subject that it was made for
    add check ((type = 'bypass_code') = (good_until is not null)),
    add check ((type = 'bypass_code') = (good_for is not null));
create unique index factor_bypass on factor (subject_id) where type = 'bypass_code';
create index factor_good_until on factor (good_until) where type = 'bypass_code';

-- A code that is not drawn until somebody else has approved it; of a subject there is one.
create table bypass_request (
    id              uuid primary key,
    subject_id      bigint      not null unique references subject (id) on delete cascade,
    subject_version bigint      not null,
    actor           text        not null, -- who asked for it, and may not approve it
    minutes         int         not null check (minutes between 1 and 60),
    expires_at      timestamptz not null
);
create index bypass_request_end on bypass_request (expires_at);
