/** The tables (spec timestamp §10.2). A migration that has been released is never changed: the next one is added. */

/** In the header of the file: `EHPA`. */
export const applicationId = 0x45_48_50_41

/** Each takes the file from version `index` to the next. Instants are milliseconds since 1970 in UTC. */
export const migrations: readonly string[] = [
  `
CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO counter VALUES ('ref', 0), ('bag', 0);

CREATE TABLE entry (
  ref INTEGER PRIMARY KEY,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  sourceSystem TEXT NOT NULL,
  sourceId TEXT NOT NULL,
  receivedAt INTEGER NOT NULL,
  bagSequence INTEGER REFERENCES bag (sequence)
);
CREATE UNIQUE INDEX entryOfSource ON entry (hash, sourceId, sourceSystem);
CREATE INDEX entryStaged ON entry (ref) WHERE bagSequence IS NULL;
CREATE INDEX entryOfBag ON entry (bagSequence);

CREATE TABLE bag (
  sequence INTEGER PRIMARY KEY,
  bytes BLOB NOT NULL,
  sha256 BLOB NOT NULL,
  prevSha256 BLOB,
  entries INTEGER NOT NULL,
  requestId TEXT NOT NULL,
  sealedAt INTEGER NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  nextAttemptAt INTEGER NOT NULL DEFAULT 0,
  lastError TEXT,
  exportedAt INTEGER
);
CREATE INDEX bagByState ON bag (state, sequence);
CREATE INDEX bagBySha256 ON bag (sha256);

CREATE TABLE attempt (
  bagSequence INTEGER NOT NULL REFERENCES bag (sequence),
  n INTEGER NOT NULL,
  sentAt INTEGER NOT NULL,
  endedAt INTEGER,
  outcome TEXT,
  code TEXT,
  response BLOB,
  token BLOB,
  PRIMARY KEY (bagSequence, n)
);

CREATE TABLE stamp (
  serial TEXT NOT NULL,
  genTimeMs INTEGER NOT NULL,
  bagSequence INTEGER NOT NULL REFERENCES bag (sequence),
  responseBytes BLOB NOT NULL,
  tokenBytes BLOB NOT NULL,
  tsaCertificate BLOB,
  verifiedAt INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  source TEXT NOT NULL,
  PRIMARY KEY (serial, genTimeMs)
);
CREATE INDEX stampOfBag ON stamp (bagSequence);
CREATE INDEX stampByTime ON stamp (genTimeMs);

CREATE TABLE foreignBag (
  serial TEXT NOT NULL,
  genTimeMs INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  responseBytes BLOB NOT NULL,
  tokenBytes BLOB NOT NULL,
  foundAt INTEGER NOT NULL,
  PRIMARY KEY (serial, genTimeMs)
);

CREATE TABLE pruned (
  serial TEXT NOT NULL,
  genTimeMs INTEGER NOT NULL,
  bagSequence INTEGER NOT NULL,
  PRIMARY KEY (serial, genTimeMs)
) WITHOUT ROWID;

CREATE TABLE trust (
  sha256 BLOB PRIMARY KEY,
  certificate BLOB NOT NULL,
  role TEXT NOT NULL,
  firstUsed INTEGER NOT NULL,
  lastUsed INTEGER NOT NULL
);

CREATE TABLE "check" (
  id INTEGER PRIMARY KEY,
  periodStart INTEGER NOT NULL,
  periodEnd INTEGER NOT NULL,
  asked INTEGER NOT NULL,
  answer TEXT NOT NULL,
  verdict TEXT NOT NULL,
  repairs TEXT NOT NULL,
  at INTEGER NOT NULL
);

CREATE TABLE lease (
  name TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  fence INTEGER NOT NULL,
  expiresAt INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE heartbeat (at INTEGER PRIMARY KEY, staged INTEGER NOT NULL, sealed INTEGER NOT NULL);

CREATE TABLE jump (
  counter TEXT NOT NULL,
  fromValue INTEGER NOT NULL,
  toValue INTEGER NOT NULL,
  reason TEXT NOT NULL,
  at INTEGER NOT NULL
);
`,
]
