package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.store.Isolation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The classic anomalies (Adya's G0 to G2 and those of snapshot isolation), in each family.
class IsolationTest {
  private final Sabot database = Sabot.inMemory();
  private final Session one = database.session();
  private final Session two = database.session();
  private final Session three = database.session();

  @AfterEach
  void close() {
    one.close();
    two.close();
    three.close();
    database.close();
  }

  private void begin(Isolation isolation, Session... sessions) {
    for (Session session : sessions) {
      session.begin(isolation);
    }
  }

  private static void conflicts(Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            QueryException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT);
              assertThat(e.code().category()).isEqualTo(ErrorCode.Category.RETRY);
            });
  }

  @ParameterizedTest
  @EnumSource
  void g0WritesDoNotInterleave(Accounts accounts) {
    accounts.create(one);
    begin(Isolation.SNAPSHOT, one, two);
    accounts.set(one, 1, 11);
    accounts.set(two, 1, 12);
    accounts.set(one, 2, 21);
    accounts.set(two, 2, 22);
    one.commit();
    conflicts(two::commit);
    assertThat(accounts.amount(three, 1)).isEqualTo(11);
    assertThat(accounts.amount(three, 2)).isEqualTo(21);
  }

  @ParameterizedTest
  @EnumSource
  void g1aWhatWasRolledBackWasNeverSeen(Accounts accounts) {
    accounts.create(one);
    begin(Isolation.SNAPSHOT, one);
    accounts.set(one, 1, 99);
    assertThat(accounts.amount(two, 1)).isEqualTo(50);
    one.rollback();
    assertThat(accounts.amount(two, 1)).isEqualTo(50);
  }

  @ParameterizedTest
  @EnumSource
  void g1bAndReadSkewASnapshotHasOneState(Accounts accounts) {
    accounts.create(one);
    begin(Isolation.SNAPSHOT, one, two);
    assertThat(accounts.amount(two, 1)).isEqualTo(50);
    accounts.set(one, 1, 0);
    assertThat(accounts.amount(two, 1)).isEqualTo(50);
    accounts.set(one, 1, 10);
    accounts.set(one, 2, 90);
    one.commit();
    assertThat(accounts.amount(two, 1)).isEqualTo(50);
    assertThat(accounts.amount(two, 2)).isEqualTo(50);
    assertThat(accounts.total(two)).isEqualTo(100);
  }

  @ParameterizedTest
  @EnumSource
  void g1cNoCycleOfReads(Accounts accounts) {
    accounts.create(one);
    begin(Isolation.SNAPSHOT, one, two);
    accounts.set(one, 1, 11);
    accounts.set(two, 2, 22);
    assertThat(accounts.amount(one, 2)).isEqualTo(50);
    assertThat(accounts.amount(two, 1)).isEqualTo(50);
    one.commit();
    two.commit();
  }

  @ParameterizedTest
  @EnumSource
  void noUpdateIsLost(Accounts accounts) {
    accounts.create(one);
    begin(Isolation.SNAPSHOT, one, two);
    accounts.set(one, 1, accounts.amount(one, 1) + 10);
    accounts.set(two, 1, accounts.amount(two, 1) + 20);
    two.commit();
    conflicts(one::commit);
    assertThat(accounts.amount(three, 1)).isEqualTo(70);
  }

  @ParameterizedTest
  @EnumSource
  void writeSkewPassesUnderSnapshotAsItMust(Accounts accounts) {
    accounts.create(one);
    begin(Isolation.SNAPSHOT, one, two);
    accounts.set(one, 1, accounts.amount(one, 2) - 100);
    accounts.set(two, 2, accounts.amount(two, 1) - 100);
    one.commit();
    two.commit();
    assertThat(accounts.total(three)).isEqualTo(-100);
  }

  @ParameterizedTest
  @EnumSource
  void g2ItemWriteSkewIsRefusedUnderSerializable(Accounts accounts) {
    accounts.create(one);
    begin(Isolation.SERIALIZABLE, one, two);
    accounts.set(one, 1, accounts.amount(one, 2) - 100);
    accounts.set(two, 2, accounts.amount(two, 1) - 100);
    one.commit();
    conflicts(two::commit);
  }

  @ParameterizedTest
  @EnumSource
  void g2AWriteSkewOverAPredicateIsRefusedUnderSerializable(Accounts accounts) {
    accounts.create(one);
    begin(Isolation.SERIALIZABLE, one, two);
    accounts.add(one, 3, accounts.total(one));
    accounts.add(two, 4, accounts.total(two));
    one.commit();
    conflicts(two::commit);
    assertThat(accounts.total(three)).isEqualTo(200);
  }

  /// Fekete, O'Neil and O'Neil 2004: under snapshot isolation a transaction that only reads can see
  /// a state that no serial order gives.
  @ParameterizedTest
  @EnumSource
  void theReadOnlyAnomalyIsRefusedUnderSerializable(Accounts accounts) {
    accounts.create(one);
    accounts.set(one, 1, 0);
    accounts.set(one, 2, 0);
    begin(Isolation.SERIALIZABLE, one, two);
    long checking = accounts.amount(two, 1);
    long savings = accounts.amount(two, 2);
    accounts.set(one, 2, accounts.amount(one, 2) + 20);
    one.commit();
    begin(Isolation.SERIALIZABLE, three);
    assertThat(accounts.amount(three, 1)).isZero();
    assertThat(accounts.amount(three, 2)).isEqualTo(20);
    three.commit();
    accounts.set(two, 1, checking - 10 - (checking + savings < 10 ? 1 : 0));
    conflicts(two::commit);
  }

  @ParameterizedTest
  @EnumSource
  void serializableReadersNeverFailAndStrangersDoNotConflict(Accounts accounts) {
    accounts.create(one);
    begin(Isolation.SERIALIZABLE, one, two);
    assertThat(accounts.total(one)).isEqualTo(100);
    accounts.set(two, 2, 7);
    two.commit();
    assertThat(accounts.total(one)).isEqualTo(100);
    one.commit();
  }
}
