CREATE TABLE country (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL);
CREATE TABLE city (
  id INTEGER PRIMARY KEY,
  name VARCHAR NOT NULL,
  part_of_id INTEGER NOT NULL REFERENCES country (id)
);
CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR NOT NULL,
  last_name VARCHAR NOT NULL,
  lives_in_id INTEGER NOT NULL REFERENCES city (id)
);
CREATE TABLE knows (
  person1_id INTEGER NOT NULL REFERENCES person (id),
  person2_id INTEGER NOT NULL REFERENCES person (id),
  PRIMARY KEY (person1_id, person2_id)
);
CREATE TABLE forum (id INTEGER PRIMARY KEY, title VARCHAR NOT NULL);
CREATE TABLE has_member (
  forum_id INTEGER NOT NULL REFERENCES forum (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  PRIMARY KEY (forum_id, person_id)
);
CREATE TABLE tag_class (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL);
CREATE TABLE tag (
  id INTEGER PRIMARY KEY,
  name VARCHAR NOT NULL,
  kind_id INTEGER NOT NULL REFERENCES tag_class (id)
);
CREATE TABLE interested_in (
  person_id INTEGER NOT NULL REFERENCES person (id),
  tag_id INTEGER NOT NULL REFERENCES tag (id),
  PRIMARY KEY (person_id, tag_id)
);
CREATE TABLE message (
  id INTEGER PRIMARY KEY,
  is_post BOOLEAN NOT NULL,
  created BIGINT NOT NULL,
  length INTEGER NOT NULL,
  creator_id INTEGER NOT NULL REFERENCES person (id),
  posted_in_id INTEGER REFERENCES forum (id),
  reply_of_id INTEGER REFERENCES message (id)
);
CREATE TABLE has_tag (
  message_id INTEGER NOT NULL REFERENCES message (id),
  tag_id INTEGER NOT NULL REFERENCES tag (id),
  PRIMARY KEY (message_id, tag_id)
);
CREATE TABLE likes (
  person_id INTEGER NOT NULL REFERENCES person (id),
  message_id INTEGER NOT NULL REFERENCES message (id),
  PRIMARY KEY (person_id, message_id)
);
