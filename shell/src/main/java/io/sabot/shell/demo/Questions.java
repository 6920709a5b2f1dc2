package io.sabot.shell.demo;

import static io.sabot.engine.Language.CYPHER;
import static io.sabot.engine.Language.SPARQL;
import static io.sabot.engine.Language.SQL;

import io.sabot.engine.Language;
import java.util.List;

/// What the demonstration asks.
final class Questions {
  record Question(Language language, String title, String text) {}

  private static final String PREFIXES =
      """
      PREFIX lexname: <http://sabot.local/main/lexname#>
      PREFIX synset: <http://sabot.local/main/synset#>
      PREFIX word: <http://sabot.local/main/word#>
      PREFIX sense: <http://sabot.local/main/sense#>
      """;

  static final List<Question> PLAIN =
      List.of(
          new Question(
              SQL,
              "which words mean the most",
              """
              SELECT w.lemma, COUNT(*) AS senses
              FROM sense s JOIN word w ON s.word_id = w.id
              GROUP BY w.lemma ORDER BY senses DESC, w.lemma LIMIT 5
              """),
          new Question(
              SQL,
              "what 'bank' means as a noun",
              """
              SELECT l.name, y.gloss
              FROM word w
              JOIN sense s ON s.word_id = w.id
              JOIN synset y ON s.synset_id = y.id
              JOIN lexname l ON y.lexname_id = l.id
              WHERE w.lemma = 'bank' AND l.name LIKE 'noun.%'
              ORDER BY l.name, y.id
              """),
          new Question(
              SQL,
              "the longest explanation in each of three fields",
              """
              SELECT name, letters FROM (
                SELECT l.name AS name, CHAR_LENGTH(y.gloss) AS letters,
                  ROW_NUMBER() OVER (PARTITION BY l.name ORDER BY CHAR_LENGTH(y.gloss) DESC) AS n
                FROM synset y JOIN lexname l ON y.lexname_id = l.id) AS ranked
              WHERE n = 1 ORDER BY letters DESC, name LIMIT 3
              """),
          new Question(
              CYPHER,
              "what kind of thing a sabot is",
              """
              MATCH (:word {lemma: 'sabot'})<-[:word]-(:sense)-[:synset]->(y:synset)
                    -[:hypernym]->(wide:synset)
              RETURN y.gloss AS sabot, wide.gloss AS is_a ORDER BY sabot
              """),
          new Question(
              CYPHER,
              "what a dog is, up to four steps away",
              """
              MATCH (:word {lemma: 'dog'})<-[:word]-(:sense)-[:synset]->(dog:synset)
                    -[:lexname]->(:lexname {name: 'noun.animal'})
              MATCH (dog)-[:hypernym*1..4]->(wide:synset)
              RETURN DISTINCT wide.id AS id, wide.gloss AS gloss ORDER BY id DESC LIMIT 8
              """),
          new Question(
              CYPHER,
              "what has the most kinds",
              """
              MATCH (wide:synset)<-[:hypernym]-(narrow:synset)
              RETURN wide.gloss AS gloss, count(narrow) AS kinds ORDER BY kinds DESC LIMIT 3
              """),
          new Question(
              SPARQL,
              "other words for 'car'",
              PREFIXES
                  + """
                  SELECT DISTINCT ?other WHERE {
                    ?car word:lemma "car" .
                    ?s sense:ref-word ?car ; sense:ref-synset ?y .
                    ?t sense:ref-synset ?y ; sense:ref-word ?w .
                    ?w word:lemma ?other
                    FILTER (?other != "car")
                  } ORDER BY ?other LIMIT 6
                  """),
          new Question(
              SPARQL,
              "whether a word is a noun and a verb",
              PREFIXES
                  + """
                  ASK {
                    ?w word:lemma "run" .
                    ?s sense:ref-word ?w ; sense:ref-synset/synset:ref-lexname ?a .
                    ?t sense:ref-word ?w ; sense:ref-synset/synset:ref-lexname ?b .
                    ?a lexname:name ?n . ?b lexname:name ?v
                    FILTER (STRSTARTS(?n, "noun.") && STRSTARTS(?v, "verb."))
                  }
                  """),
          new Question(
              SPARQL,
              "triples about a word",
              PREFIXES
                  + """
                  CONSTRUCT { ?w word:lemma ?lemma . ?y synset:gloss ?gloss }
                  WHERE {
                    ?w word:lemma ?lemma .
                    ?s sense:ref-word ?w ; sense:ref-synset ?y .
                    ?y synset:gloss ?gloss
                    FILTER (?lemma = "sabot")
                  }
                  """));

  /// Asked with the order of {@link #order}; the plans are compared without, for the three
  /// languages sort nulls and mixed values in three ways.
  static final List<Question> SAME =
      List.of(
          new Question(
              SQL,
              "the largest fields",
              """
              SELECT l.name AS name, COUNT(*) AS synsets
              FROM synset y JOIN lexname l ON y.lexname_id = l.id
              GROUP BY l.name
              """),
          new Question(
              CYPHER,
              "the same",
              """
              MATCH (y:synset)-[:lexname]->(l:lexname)
              RETURN l.name AS name, count(*) AS synsets
              """),
          new Question(
              SPARQL,
              "the same",
              PREFIXES
                  + """
                  SELECT ?name (COUNT(*) AS ?synsets)
                  WHERE { ?y synset:ref-lexname ?l . ?l lexname:name ?name }
                  GROUP BY ?name
                  """));

  static final List<Question> MIXED =
      List.of(
          new Question(
              SQL,
              "a path found in Cypher, joined to a table",
              """
              SELECT l.name, COUNT(*) AS kinds
              FROM TABLE(CYPHER('
                MATCH (:word {lemma: ''shoe''})<-[:word]-(:sense)-[:synset]->(y:synset)
                      <-[:hypernym*1..3]-(kind:synset)
                RETURN DISTINCT kind.id AS id')) AS g
              JOIN synset y ON y.id = CAST(g.id AS INTEGER)
              JOIN lexname l ON l.id = y.lexname_id
              GROUP BY l.name ORDER BY kinds DESC, l.name
              """),
          new Question(
              SQL,
              "triples found in SPARQL, grouped in SQL",
              """
              SELECT f.field, COUNT(*) AS synsets
              FROM TABLE(SPARQL('
                PREFIX lexname: <http://sabot.local/main/lexname#>
                PREFIX synset: <http://sabot.local/main/synset#>
                SELECT ?field WHERE { ?y synset:ref-lexname ?l . ?l lexname:name ?field
                  FILTER (STRSTARTS(?field, "verb.")) }')) AS f
              GROUP BY f.field ORDER BY synsets DESC LIMIT 4
              """));

  static final List<Question> WRITES =
      List.of(
          new Question(
              SQL,
              "a new word",
              "INSERT INTO word (id, lemma) VALUES (1000000, 'sabotage the demo')"),
          new Question(
              CYPHER,
              "a note in the graph",
              "CREATE (:Note {about: 1000000, text: 'not in the dictionary'})"),
          new Question(
              SPARQL,
              "a triple",
              "INSERT DATA { <http://sabot.local/main/word/1000000>"
                  + " <http://example.org/status> \"new\" }"));

  static final List<Question> AFTERWARDS =
      List.of(
          new Question(SQL, "the word", "SELECT id, lemma FROM word WHERE id >= 1000000"),
          new Question(
              CYPHER,
              "the note, and the word it is about",
              "MATCH (n:Note), (w:word) WHERE w.id = n.about"
                  + " RETURN n.text AS note, w.lemma AS lemma"),
          new Question(
              SPARQL,
              "the triple, joined to the row",
              PREFIXES
                  + "SELECT ?w ?lemma ?status WHERE {"
                  + " ?w <http://example.org/status> ?status ; word:lemma ?lemma }"));

  /// How a language orders by the largest count.
  static String order(Language language) {
    return switch (language) {
      case SQL, CYPHER -> "ORDER BY synsets DESC, name LIMIT 5";
      case SPARQL -> "ORDER BY DESC(?synsets) ?name LIMIT 5";
    };
  }

  private Questions() {}
}
