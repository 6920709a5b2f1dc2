package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Savepoints, statements that fail within a transaction, and transactions that are tried again.
class SavepointTest {
  private final Sabot database = Sabot.inMemory();
  private final Session session = database.session();
  private final Session other = database.session();

  @AfterEach
  void close() {
    session.close();
    other.close();
    database.close();
  }

  @ParameterizedTest
  @EnumSource
  void aReturnUndoesWhatCameAfterAndNothingElse(Accounts accounts) {
    accounts.create(session);
    session.begin();
    accounts.set(session, 1, 60);
    accounts.add(session, 3, 1);
    session.savepoint("a");
    accounts.set(session, 1, 70);
    accounts.set(session, 2, 70);
    accounts.set(session, 3, 70);
    accounts.add(session, 4, 1000);
    session.savepoint("b");
    accounts.add(session, 5, 5000);
    session.rollbackTo("b");
    assertThat(accounts.total(session)).isEqualTo(1210);
    session.rollbackTo("a");
    assertThat(accounts.total(session)).isEqualTo(111);
    assertThatThrownBy(() -> session.rollbackTo("b")).isInstanceOf(QueryException.class);
    accounts.set(session, 2, 0);
    accounts.add(session, 4, 9);
    session.commit();
    assertThat(accounts.amount(other, 1)).isEqualTo(60);
    assertThat(accounts.amount(other, 3)).isEqualTo(1);
    assertThat(accounts.total(other)).isEqualTo(70);
  }

  @ParameterizedTest
  @EnumSource
  void aReturnToTheStartLeavesNothing(Accounts accounts) {
    accounts.create(session);
    long before = accounts.total(session);
    session.begin();
    session.savepoint("start");
    accounts.set(session, 1, 7);
    accounts.add(session, 3, 8);
    session.rollbackTo("start");
    session.commit();
    assertThat(accounts.total(other)).isEqualTo(before);
  }

  @Test
  void aStatementThatFailsInATransactionLeavesNothing() {
    Accounts.TABLE.create(session);
    session.begin();
    Accounts.TABLE.add(session, 3, 10);
    assertThatThrownBy(
            () -> Accounts.TABLE.run(session, "INSERT INTO account VALUES (4, 1), (3, 1)"))
        .isInstanceOfSatisfying(
            QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNIQUE_VIOLATION));
    Accounts.TABLE.add(session, 4, 20);
    session.commit();
    assertThat(Accounts.TABLE.total(other)).isEqualTo(130);
  }

  @Test
  void deletedNodesAndEdgesComeBack() {
    Accounts graph = Accounts.GRAPH;
    graph.run(session, "CREATE (:P {id: 1})-[:K {w: 5}]->(:P {id: 2})");
    session.begin();
    session.savepoint("a");
    graph.run(session, "MATCH (p:P {id: 1}) DETACH DELETE p");
    graph.run(session, "MATCH (p:P {id: 2}) SET p:Q REMOVE p:P");
    assertThat(graph.number(session, "MATCH (p:P) RETURN count(p)")).isZero();
    session.rollbackTo("a");
    assertThat(graph.number(session, "MATCH (:P)-[k:K]->(:P) RETURN sum(k.w)")).isEqualTo(5);
    graph.run(session, "MATCH (a:P {id: 1}), (b:P {id: 2}) CREATE (b)-[:K {w: 6}]->(a)");
    session.commit();
    assertThat(graph.number(other, "MATCH (:P)-[k:K]->(:P) RETURN sum(k.w)")).isEqualTo(11);
  }

  @ParameterizedTest
  @EnumSource
  void transactionsThatMeetAreTriedAgain(Accounts accounts) throws InterruptedException {
    accounts.create(session);
    AtomicInteger runs = new AtomicInteger();
    Thread[] threads = new Thread[4];
    for (int t = 0; t < threads.length; t++) {
      threads[t] =
          Thread.ofPlatform()
              .start(() -> {
                for (int i = 0; i < 10; i++) {
                  database.transact(mine -> {
                    accounts.set(mine, 1, accounts.amount(mine, 1) + 1);
                    return runs.incrementAndGet();
                  });
                }
              });
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(accounts.amount(other, 1)).isEqualTo(90);
    assertThat(runs.get()).isGreaterThanOrEqualTo(40);
  }
}
