package io.sabot.engine;

import java.util.Map;

/// Two accounts with an amount each, kept in one family and used in its language.
enum Accounts {
  TABLE(Language.SQL) {
    @Override
    void create(Session session) {
      run(session, "CREATE TABLE account (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL)");
      run(session, "INSERT INTO account VALUES (1, 50), (2, 50)");
    }

    @Override
    long amount(Session session, int id) {
      return number(session, "SELECT amount FROM account WHERE id = " + id);
    }

    @Override
    long total(Session session) {
      return number(session, "SELECT sum(amount) FROM account");
    }

    @Override
    void set(Session session, int id, long amount) {
      run(session, "UPDATE account SET amount = " + amount + " WHERE id = " + id);
    }

    @Override
    void add(Session session, int id, long amount) {
      run(session, "INSERT INTO account VALUES (" + id + ", " + amount + ")");
    }
  },

  GRAPH(Language.CYPHER) {
    @Override
    void create(Session session) {
      run(session, "CREATE (:Account {id: 1, amount: 50}), (:Account {id: 2, amount: 50})");
    }

    @Override
    long amount(Session session, int id) {
      return number(session, "MATCH (a:Account {id: " + id + "}) RETURN a.amount");
    }

    @Override
    long total(Session session) {
      return number(session, "MATCH (a:Account) RETURN sum(a.amount)");
    }

    @Override
    void set(Session session, int id, long amount) {
      run(session, "MATCH (a:Account {id: " + id + "}) SET a.amount = " + amount);
    }

    @Override
    void add(Session session, int id, long amount) {
      run(session, "CREATE (:Account {id: " + id + ", amount: " + amount + "})");
    }
  },

  QUADS(Language.SPARQL) {
    @Override
    void create(Session session) {
      run(session, "INSERT DATA { <urn:a1> <urn:amount> 50 . <urn:a2> <urn:amount> 50 }");
    }

    @Override
    long amount(Session session, int id) {
      return number(session, "SELECT ?a { <urn:a" + id + "> <urn:amount> ?a }");
    }

    @Override
    long total(Session session) {
      return number(session, "SELECT (SUM(?a) AS ?t) { ?s <urn:amount> ?a }");
    }

    @Override
    void set(Session session, int id, long amount) {
      String account = "<urn:a" + id + "> <urn:amount> ";
      run(
          session,
          "DELETE { "
              + account
              + "?o } INSERT { "
              + account
              + amount
              + " } WHERE { "
              + account
              + "?o }");
    }

    @Override
    void add(Session session, int id, long amount) {
      run(session, "INSERT DATA { <urn:a" + id + "> <urn:amount> " + amount + " }");
    }
  };

  private final Language language;

  Accounts(Language language) {
    this.language = language;
  }

  abstract void create(Session session);

  abstract long amount(Session session, int id);

  abstract long total(Session session);

  abstract void set(Session session, int id, long amount);

  abstract void add(Session session, int id, long amount);

  void run(Session session, String text) {
    session.run(language, text).close();
  }

  long number(Session session, String text) {
    try (Result result = session.run(language, text, Map.of())) {
      return ((Number) result.next().objects().getFirst()).longValue();
    }
  }
}
