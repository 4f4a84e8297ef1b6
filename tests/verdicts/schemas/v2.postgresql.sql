CREATE FUNCTION public.gyeol_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'a line of the log is neither changed nor deleted'; END $$;
CREATE TABLE public.codebooks (
    number integer NOT NULL,
    "time" character varying(32) NOT NULL,
    author text NOT NULL,
    reason text NOT NULL,
    text text NOT NULL,
    changes text NOT NULL,
    aside boolean NOT NULL
);
CREATE TABLE public.decisions (
    number integer NOT NULL,
    id character varying(32) NOT NULL,
    coder text NOT NULL,
    "time" character varying(32) NOT NULL,
    action character varying(16) NOT NULL,
    interview text NOT NULL,
    start integer NOT NULL,
    "end" integer NOT NULL,
    code text,
    of character varying(32),
    quote text NOT NULL,
    text text NOT NULL,
    score double precision,
    rank integer,
    aided boolean NOT NULL,
    joint boolean NOT NULL,
    bulk character varying(32),
    codebook integer NOT NULL,
    model text NOT NULL,
    erased boolean NOT NULL
);
CREATE TABLE public.events (
    number integer NOT NULL,
    id character varying(32) NOT NULL,
    "time" character varying(32) NOT NULL,
    coder text NOT NULL,
    kind character varying(16) NOT NULL
);
CREATE TABLE public.gyeol_schema (
    version integer NOT NULL
);
CREATE TABLE public.withdrawals (
    interview character varying(64) NOT NULL
);
INSERT INTO public.codebooks VALUES (1, '2026-05-01T08:00:00.000000Z', '가', '처음', '- name: 자신감
  definition: 할 수 있다는 믿음
- name: 담당자 교체
', '[]', false);
INSERT INTO public.decisions VALUES (1, '00000000000000000000000000000001', '가', '2026-05-01T09:00:00.000001Z', 'put', '장터', 3, 9, '자신감', NULL, '돈을 벌었', '', 0.25, 2, false, false, 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 1, '모형', false);
INSERT INTO public.decisions VALUES (2, '00000000000000000000000000000002', '나', '2026-05-01T09:00:01.000001Z', 'reject', '장터', 3, 9, '담당자 교체', NULL, '', '', NULL, NULL, true, true, NULL, 1, '', false);
INSERT INTO public.decisions VALUES (3, '00000000000000000000000000000003', '가', '2026-05-01T09:00:02.000001Z', 'undo', '', 0, 0, NULL, '00000000000000000000000000000001', '', '', NULL, NULL, true, false, NULL, 1, '', false);
INSERT INTO public.decisions VALUES (4, '00000000000000000000000000000004', '가', '2026-05-01T09:00:03.000001Z', 'note', '집수리', 0, 0, NULL, NULL, '', '메모: «따옴표 ''가'' "나"»
둘째 줄', NULL, NULL, true, false, NULL, 1, '', false);
INSERT INTO public.events VALUES (1, '0000000000000000000000000000000e', '2026-05-01T08:00:00.000000Z', '가', 'lift');
INSERT INTO public.gyeol_schema VALUES (2);
ALTER TABLE ONLY public.codebooks
    ADD CONSTRAINT codebooks_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT decisions_id_key UNIQUE (id);
ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT decisions_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_id_key UNIQUE (id);
ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.withdrawals
    ADD CONSTRAINT withdrawals_pkey PRIMARY KEY (interview);
CREATE TRIGGER codebooks_fix BEFORE UPDATE ON public.codebooks FOR EACH ROW WHEN ((NOT ((new.number = old.number) AND ((new."time")::text = (old."time")::text) AND (new.author = old.author) AND (new.reason = old.reason) AND (new.text = ''::text) AND (new.changes = old.changes) AND (new.aside = old.aside)))) EXECUTE FUNCTION public.gyeol_refuse();
CREATE TRIGGER codebooks_keep BEFORE DELETE OR TRUNCATE ON public.codebooks FOR EACH STATEMENT EXECUTE FUNCTION public.gyeol_refuse();
CREATE TRIGGER decisions_fix BEFORE UPDATE ON public.decisions FOR EACH ROW WHEN ((NOT ((new.number = old.number) AND ((new.id)::text = (old.id)::text) AND new.erased AND (new.interview = ''::text) AND (new.quote = ''::text) AND (new.text = ''::text) AND (new.code IS NULL) AND (new.start = 0) AND (new."end" = 0) AND (new.coder = ''::text) AND (new.model = ''::text)))) EXECUTE FUNCTION public.gyeol_refuse();
CREATE TRIGGER decisions_keep BEFORE DELETE OR TRUNCATE ON public.decisions FOR EACH STATEMENT EXECUTE FUNCTION public.gyeol_refuse();
CREATE TRIGGER events_fix BEFORE UPDATE ON public.events FOR EACH ROW EXECUTE FUNCTION public.gyeol_refuse();
CREATE TRIGGER events_keep BEFORE DELETE OR TRUNCATE ON public.events FOR EACH STATEMENT EXECUTE FUNCTION public.gyeol_refuse();
CREATE TRIGGER withdrawals_fix BEFORE UPDATE ON public.withdrawals FOR EACH ROW EXECUTE FUNCTION public.gyeol_refuse();
CREATE TRIGGER withdrawals_keep BEFORE DELETE OR TRUNCATE ON public.withdrawals FOR EACH STATEMENT EXECUTE FUNCTION public.gyeol_refuse();
