-- The published snapshot: what every reader may ask. One comment a table says what one row is.
-- Ids are dense ranks inside one snapshot (0 = "Chưa xác định"); they mean nothing in another snapshot.
-- An open end is 9999-12-31, never null, so that date comparisons need no special case.

-- one row a day, 1990-01-01 to 2100-12-31; working_day_number = working days up to and including that day,
-- so working_days(s, e) = number(e) - number(s)
create table calendar (
    day date not null,
    working boolean not null,
    working_day_number integer not null,
    holiday_name varchar
);

-- one row a field (lĩnh vực)
create table field (field_id smallint not null, field_code varchar, field_name varchar not null);

-- one row a unit (đơn vị), from the units table where one was imported, else from the dossiers
create table unit (
    unit_id smallint not null,
    unit_code varchar,
    unit_name varchar not null,
    tier varchar,                    -- sở, văn phòng đăng ký đất đai, huyện, xã …, the source's word
    parent_name varchar,
    own boolean not null,            -- the department's own unit; true for all when no units table was imported
    valid_from date,
    valid_to date,
    successor_name varchar
);

-- one row a section (phòng ban) · one row an officer (cán bộ)
create table section (section_id integer not null, section_name varchar not null);
create table officer (officer_id integer not null, officer_name varchar not null);

-- one row an administrative procedure, from the catalogue where it lists it, else from the dossiers
create table procedure (
    procedure_id integer not null,
    procedure_code varchar,
    procedure_name varchar not null,
    field_id smallint not null,
    service_level tinyint,           -- 2, 3, 4 or null
    service_level_word varchar,
    norm_value double,
    norm_unit varchar,               -- working_day, calendar_day or hour
    has_fee boolean,
    online_payment boolean,
    paper_result boolean,            -- a result on paper is required
    uses_population_data boolean,
    in_catalogue boolean not null,
    in_charge boolean not null       -- false once the catalogue says it was abolished
);

-- one row a span in which a procedure is on the approved level 3/4 list
create table procedure_listing (procedure_id integer not null, listed_from date not null, listed_to date not null);

-- one row an internal norm of one step of one procedure (procedure_id 0 = any procedure)
create table step_norm (procedure_id integer not null, step_name varchar not null, norm_value double not null, norm_unit varchar not null);

-- one row a dossier, sorted by closed_on (open ones last), then received_on, then code; dossier_id is that order.
create table dossier (
    dossier_id integer not null,
    dossier_code varchar not null,
    field_id smallint not null,
    unit_id smallint not null,
    procedure_id integer not null,
    section_id integer not null,     -- the latest step's section, else the dossier's own
    officer_id integer not null,
    channel tinyint not null,        -- 1 direct, 2 online, 3 postal
    service_level tinyint,           -- the dossier's own, else its procedure's
    status tinyint,                  -- DOMAIN codes 1-10; 11 = refused after acceptance; null = the source has no status
    status_word varchar,
    outcome varchar not null,        -- open, done, refused, withdrawn, stopped; rejected (status 3), registered (status 1)
    submitted_on date,
    received_on date,                -- null for rejected and registered: they are not received
    due_on date,                     -- the newest, after the settings pause_extends_due and due_rolls
    due_first_on date,               -- the first one seen
    due_changes smallint not null,   -- times the due date changed
    due_from_norm boolean not null,  -- the source gave none: computed from the procedure's norm
    closed_on date not null,         -- 9999-12-31 while open (and for registered); rejected: the day of rejection
    finished_on date,
    returned_on date,
    refused_on date,
    judged boolean not null,         -- done or refused: compared with the due date; other closings stand in "on time" of form 06a
    processing_days smallint,        -- working days received to closed less paused, >= 0; null while open
    paused_days smallint not null,   -- working days of closed waiting intervals, overlaps merged
    has_waiting boolean not null,    -- has rows in waiting_interval
    supplement_count smallint not null, -- supplement requests (status 5 or NgayBoSung), not financial waits
    listed boolean not null,         -- its procedure was on the approved list on the received (submitted) date
    in_catalogue boolean not null,   -- its procedure is in the imported catalogue
    acceptance_minutes integer,      -- working minutes from submitted to received, 480 a day; null when either is missing
    fee_amount double,               -- null: the source does not say
    paid_online tinyint,             -- 0 no, 1 national portal, 2 ministry's or province's gateway; null unknown
    digitised boolean,
    reused boolean,                  -- reuses digitised data
    electronic_result boolean,
    population_data boolean,         -- used the population database
    returned_by_post boolean,
    national_portal boolean,         -- submitted at the national portal
    applicant_type varchar,          -- citizen, business, organisation or null; never who
    late_reason varchar              -- coded reason set by staff, null when none
);

-- one row a merged interval of waiting for the applicant; sorted by dossier_id, requested_on
create table waiting_interval (
    dossier_id integer not null,
    requested_on date not null,
    answered_on date not null,       -- 9999-12-31 while it runs
    reason varchar not null,         -- supplement, finance, stopped (the first request's, when merged)
    working_days smallint            -- null while it runs
);

-- one row a due date a dossier has had, in order from 1
create table due_history (dossier_id integer not null, position smallint not null, due_on date not null);

-- one row a step of a dossier, in order of time; sorted by dossier_id, position. Steps of unknown dossiers have dossier_id null.
create table step (
    dossier_id integer,
    dossier_code varchar not null,
    position smallint not null,
    step_name varchar not null,
    previous_step varchar,           -- name of the step before it; null for the first
    section_id integer not null,
    officer_id integer not null,
    unit_id smallint,                -- these four are its dossier's, so that steps are chosen without a join; null where the
    field_id smallint,               -- snapshot does not hold the dossier
    procedure_id integer,
    channel tinyint,
    status tinyint,
    started_at timestamp,            -- as given, else the previous step's end, else received
    finished_at timestamp,           -- as given, else the next step's start; null for a running last step
    due_at timestamp,                -- the step's own due time
    working_minutes integer,         -- started_at to finished_at in working time, 480 a working day
    wait_minutes integer,            -- previous step's end to started_at, working time, >= 0; null for the first
    norm_minutes integer             -- its norm, else from its own due time; null when neither
);

-- one row a notice to an applicant about a dossier
create table notice (
    dossier_id integer,
    dossier_code varchar not null,
    reason varchar not null,         -- refused, paused, overdue, rescheduled
    channel varchar,                 -- sms, phone, document, email, zalo
    apology boolean not null,        -- an apology letter (phiếu xin lỗi)
    sent_on date not null
);

-- one row a complaint or suggestion (PAKN)
create table complaint (
    complaint_code varchar not null,
    sent_on date not null,
    received_on date,
    channel varchar not null,        -- hotline, national_portal, provincial_portal, direct, post, email, unknown
    class varchar not null,          -- regulation, conduct, question, unknown
    topic_code varchar,
    unit_id smallint not null,
    field_id smallint not null,      -- of the linked dossier
    procedure_id integer not null,   -- of the linked dossier
    dossier_code varchar,
    forwarded_on date,               -- the last forwarding
    refused_on date,
    supplement_on date,
    answered_on date not null,       -- 9999-12-31 while unanswered
    published_on date,
    due_on date not null,            -- the record's own, else the channel's term after sent or last forwarded
    answer_days smallint,            -- working days from sent or last forwarded to answered
    satisfied boolean,               -- null = not rated
    reopened boolean not null,
    conduct_confirmed boolean,
    discipline varchar
);

-- one row a survey response · one row an answer (score 1-5) of a response
create table survey_response (
    response_code varchar not null, responded_on date not null,
    unit_id smallint not null, procedure_id integer not null, field_id smallint not null, dossier_code varchar
);
create table survey_answer (
    response_code varchar not null, question varchar not null,
    factor varchar,                  -- access, procedure, official, result, feedback, overall
    score tinyint not null
);

-- one row a published official index figure (factor null = overall; value is a share 0-1)
create table official_index (year smallint not null, source varchar not null, factor varchar, value double, rank smallint);

-- registers kept by staff -------------------------------------------------------------------------------------
-- one row an action (giải pháp) · a document issued · a hand-entered measure · a conclusion of a meeting
create table action (
    action_code varchar not null, solution_group tinyint not null, title varchar not null, unit_name varchar,
    due_on date, status varchar not null, result varchar, evidence varchar
);
create table document (
    number varchar not null, issued_on date, kind varchar, subject varchar, action_code varchar, solution_group tinyint
);
create table measure (
    solution_group tinyint not null, name varchar not null, unit_of_measure varchar, measured_on date not null,
    value double, note varchar
);
create table conclusion (
    conclusion_code varchar not null, meeting_on date not null, text varchar not null, unit_name varchar,
    due_on date, status varchar not null, action_code varchar
);
-- one row a hand-entered or imported scorecard item · a reminder note on a dossier
create table scorecard_entry (
    item varchar not null, valid_from date not null, valid_to date not null, unit_name varchar, ratio double,
    entered_by varchar, entered_at timestamp
);
create table reminder_note (dossier_code varchar not null, noted_at timestamp not null, noted_by varchar, text varchar not null);

-- bookkeeping ---------------------------------------------------------------------------------------------------
-- one row an imported file and kind · a refused row · a flagged (kept) row
create table import_log (
    batch varchar not null, file varchar not null, kind varchar not null, imported_at timestamp not null, imported_by varchar,
    rows_read bigint not null, added bigint not null, updated bigint not null, unchanged bigint not null,
    duplicate bigint not null, refused bigint not null, warnings bigint not null
);
create table refused_row (batch varchar not null, kind varchar not null, sheet varchar, row_number bigint not null, record_code varchar, reason varchar not null);
create table flagged_row (batch varchar not null, kind varchar not null, sheet varchar, row_number bigint not null, record_code varchar, flag varchar not null);
-- one row a fact about the snapshot itself: name, as_of (ISO date), simulated (true/false), settings, archive
create table snapshot_info (name varchar not null, value varchar);
