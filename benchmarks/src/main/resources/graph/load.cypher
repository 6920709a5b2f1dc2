CREATE CONSTRAINT FOR (n:country) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT FOR (n:city) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT FOR (n:person) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT FOR (n:forum) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT FOR (n:tag_class) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT FOR (n:tag) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT FOR (n:message) REQUIRE n.id IS UNIQUE;
LOAD CSV WITH HEADERS FROM 'file:///country.csv' AS r
CREATE (:country {id: toInteger(r.id), name: r.name});
LOAD CSV WITH HEADERS FROM 'file:///city.csv' AS r
CREATE (:city {id: toInteger(r.id), name: r.name});
LOAD CSV WITH HEADERS FROM 'file:///person.csv' AS r
CREATE (:person {id: toInteger(r.id), first_name: r.first_name, last_name: r.last_name});
LOAD CSV WITH HEADERS FROM 'file:///forum.csv' AS r
CREATE (:forum {id: toInteger(r.id), title: r.title});
LOAD CSV WITH HEADERS FROM 'file:///tag_class.csv' AS r
CREATE (:tag_class {id: toInteger(r.id), name: r.name});
LOAD CSV WITH HEADERS FROM 'file:///tag.csv' AS r
CREATE (:tag {id: toInteger(r.id), name: r.name});
LOAD CSV WITH HEADERS FROM 'file:///message.csv' AS r
CREATE (:message {id: toInteger(r.id), is_post: r.is_post = 'true', created: toInteger(r.created), length: toInteger(r.length)});
LOAD CSV WITH HEADERS FROM 'file:///city.csv' AS r
MATCH (a:city {id: toInteger(r.id)}), (b:country {id: toInteger(r.part_of_id)})
CREATE (a)-[:part_of]->(b);
LOAD CSV WITH HEADERS FROM 'file:///person.csv' AS r
MATCH (a:person {id: toInteger(r.id)}), (b:city {id: toInteger(r.lives_in_id)})
CREATE (a)-[:lives_in]->(b);
LOAD CSV WITH HEADERS FROM 'file:///knows.csv' AS r
MATCH (a:person {id: toInteger(r.person1_id)}), (b:person {id: toInteger(r.person2_id)})
CREATE (a)-[:knows]->(b);
LOAD CSV WITH HEADERS FROM 'file:///has_member.csv' AS r
MATCH (a:forum {id: toInteger(r.forum_id)}), (b:person {id: toInteger(r.person_id)})
CREATE (a)-[:has_member]->(b);
LOAD CSV WITH HEADERS FROM 'file:///tag.csv' AS r
MATCH (a:tag {id: toInteger(r.id)}), (b:tag_class {id: toInteger(r.kind_id)})
CREATE (a)-[:kind]->(b);
LOAD CSV WITH HEADERS FROM 'file:///interested_in.csv' AS r
MATCH (a:person {id: toInteger(r.person_id)}), (b:tag {id: toInteger(r.tag_id)})
CREATE (a)-[:interested_in]->(b);
LOAD CSV WITH HEADERS FROM 'file:///message.csv' AS r
MATCH (a:message {id: toInteger(r.id)}), (b:person {id: toInteger(r.creator_id)})
CREATE (a)-[:creator]->(b);
LOAD CSV WITH HEADERS FROM 'file:///message.csv' AS r
WITH r WHERE r.posted_in_id IS NOT NULL
MATCH (a:message {id: toInteger(r.id)}), (b:forum {id: toInteger(r.posted_in_id)})
CREATE (a)-[:posted_in]->(b);
LOAD CSV WITH HEADERS FROM 'file:///message.csv' AS r
WITH r WHERE r.reply_of_id IS NOT NULL
MATCH (a:message {id: toInteger(r.id)}), (b:message {id: toInteger(r.reply_of_id)})
CREATE (a)-[:reply_of]->(b);
LOAD CSV WITH HEADERS FROM 'file:///has_tag.csv' AS r
MATCH (a:message {id: toInteger(r.message_id)}), (b:tag {id: toInteger(r.tag_id)})
CREATE (a)-[:has_tag]->(b);
LOAD CSV WITH HEADERS FROM 'file:///likes.csv' AS r
MATCH (a:person {id: toInteger(r.person_id)}), (b:message {id: toInteger(r.message_id)})
CREATE (a)-[:likes]->(b);
