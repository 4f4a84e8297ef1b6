BEGIN TRANSACTION;
CREATE TABLE codebooks (
	number INTEGER NOT NULL, 
	time VARCHAR(32) NOT NULL, 
	author TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	text TEXT NOT NULL, 
	changes TEXT NOT NULL, 
	aside BOOLEAN NOT NULL, 
	PRIMARY KEY (number)
);
INSERT INTO "codebooks" VALUES(1,'2026-05-01T08:00:00.000000Z','가','처음','- name: 자신감
  definition: 할 수 있다는 믿음
- name: 담당자 교체
','[]',0);
CREATE TABLE decisions (
	number INTEGER NOT NULL, 
	id VARCHAR(32) NOT NULL, 
	coder TEXT NOT NULL, 
	time VARCHAR(32) NOT NULL, 
	action VARCHAR(16) NOT NULL, 
	interview TEXT NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	code TEXT, 
	"of" VARCHAR(32), 
	quote TEXT NOT NULL, 
	text TEXT NOT NULL, 
	score FLOAT, 
	rank INTEGER, 
	aided BOOLEAN NOT NULL, 
	joint BOOLEAN NOT NULL, 
	bulk VARCHAR(32), 
	codebook INTEGER NOT NULL, 
	model TEXT NOT NULL, 
	erased BOOLEAN NOT NULL, 
	PRIMARY KEY (number), 
	UNIQUE (id)
);
INSERT INTO "decisions" VALUES(1,'00000000000000000000000000000001','가','2026-05-01T09:00:00.000001Z','put','장터',3,9,'자신감',NULL,'돈을 벌었','',0.25,2,0,0,'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',1,'모형',0);
INSERT INTO "decisions" VALUES(2,'00000000000000000000000000000002','나','2026-05-01T09:00:01.000001Z','reject','장터',3,9,'담당자 교체',NULL,'','',NULL,NULL,1,1,NULL,1,'',0);
INSERT INTO "decisions" VALUES(3,'00000000000000000000000000000003','가','2026-05-01T09:00:02.000001Z','undo','',0,0,NULL,'00000000000000000000000000000001','','',NULL,NULL,1,0,NULL,1,'',0);
INSERT INTO "decisions" VALUES(4,'00000000000000000000000000000004','가','2026-05-01T09:00:03.000001Z','note','집수리',0,0,NULL,NULL,'','메모: «따옴표 ''가'' "나"»
둘째 줄',NULL,NULL,1,0,NULL,1,'',0);
CREATE TABLE events (
	number INTEGER NOT NULL, 
	id VARCHAR(32) NOT NULL, 
	time VARCHAR(32) NOT NULL, 
	coder TEXT NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	PRIMARY KEY (number), 
	UNIQUE (id)
);
INSERT INTO "events" VALUES(1,'0000000000000000000000000000000e','2026-05-01T08:00:00.000000Z','가','lift');
CREATE TABLE gyeol_schema (
	version INTEGER NOT NULL
);
INSERT INTO "gyeol_schema" VALUES(2);
CREATE TABLE withdrawals (
	interview VARCHAR(64) NOT NULL, 
	PRIMARY KEY (interview)
);
CREATE TRIGGER decisions_keep BEFORE DELETE ON decisions BEGIN SELECT RAISE(ABORT, 'a line of the log is neither changed nor deleted'); END;
CREATE TRIGGER decisions_fix BEFORE UPDATE ON decisions WHEN NOT (NEW.number = OLD.number AND NEW.id = OLD.id AND NEW.erased
        AND NEW.interview = '' AND NEW.quote = '' AND NEW.text = '' AND NEW.code IS NULL
        AND NEW.start = 0 AND NEW."end" = 0 AND NEW.coder = '' AND NEW.model = '') BEGIN SELECT RAISE(ABORT, 'a line of the log is neither changed nor deleted'); END;
CREATE TRIGGER codebooks_keep BEFORE DELETE ON codebooks BEGIN SELECT RAISE(ABORT, 'a line of the log is neither changed nor deleted'); END;
CREATE TRIGGER codebooks_fix BEFORE UPDATE ON codebooks WHEN NOT (NEW.number = OLD.number AND NEW.time = OLD.time AND NEW.author = OLD.author
        AND NEW.reason = OLD.reason AND NEW.text = '' AND NEW.changes = OLD.changes
        AND NEW.aside = OLD.aside) BEGIN SELECT RAISE(ABORT, 'a line of the log is neither changed nor deleted'); END;
CREATE TRIGGER events_keep BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'a line of the log is neither changed nor deleted'); END;
CREATE TRIGGER events_fix BEFORE UPDATE ON events  BEGIN SELECT RAISE(ABORT, 'a line of the log is neither changed nor deleted'); END;
CREATE TRIGGER withdrawals_keep BEFORE DELETE ON withdrawals BEGIN SELECT RAISE(ABORT, 'a line of the log is neither changed nor deleted'); END;
CREATE TRIGGER withdrawals_fix BEFORE UPDATE ON withdrawals  BEGIN SELECT RAISE(ABORT, 'a line of the log is neither changed nor deleted'); END;
COMMIT;
