package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.RowStore;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.VectorExpr;
import io.sabot.plan.type.Physical;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The part all joins share. A subclass proposes pairs of a row of the current probe batch and a
/// row of a store; this class tests the rest of the condition on them, keeps track of which rows
/// matched, and delivers what the kind of join asks for.
///
/// Delivered batches have the probe columns first and the stored columns after them (for kinds that
/// have any), then the mark.
abstract class JoinStream implements BatchStream {
  private static final byte NO = 0;
  private static final byte UNKNOWN = 1;
  private static final byte YES = 2;

  private final ProbeKind kind;
  private BatchStream probe;
  private final int probeWidth;
  private final int storeWidth;
  private final @Nullable VectorExpr condition;
  private final boolean[] wanted;
  private final Batch pairs;
  private final Batch result;
  private final @Nullable Vector mark;
  private final BuildContext context;

  /// Stored rows that had a match; for kinds that deliver stored rows.
  private @Nullable MatchSet storedMatches;

  /// What became of the probe rows with other stores, where they are joined to several in turn.
  private @Nullable CarriedOutcomes carried;

  private final int[] probeRows = new int[Batch.ROWS_MAX];
  private final int[] storeRows = new int[Batch.ROWS_MAX];
  private byte[] outcome = new byte[Batch.ROWS_MAX];
  private @Nullable Batch current;
  private boolean proposing;
  private int storedTail = -1;
  private boolean inTail;

  /// A join that needs all columns of its pairs, and delivers no stored rows.
  JoinStream(
      ProbeKind kind,
      BatchStream probe,
      Vector[] probeVectors,
      Vector[] storeVectors,
      @Nullable VectorExpr condition,
      BuildContext context) {
    this(
        kind,
        probe,
        probeVectors,
        storeVectors,
        all(probeVectors.length + storeVectors.length),
        condition,
        null,
        context);
  }

  /// @param condition over probe columns followed by stored columns; null when every pair matches
  /// @param wanted which of the columns of a pair the condition or a reader of the result looks at
  JoinStream(
      ProbeKind kind,
      BatchStream probe,
      Vector[] probeVectors,
      Vector[] storeVectors,
      boolean[] wanted,
      @Nullable VectorExpr condition,
      @Nullable MatchSet storedMatches,
      BuildContext context) {
    this.kind = kind;
    this.probe = probe;
    this.probeWidth = probeVectors.length;
    this.storeWidth = storeVectors.length;
    this.wanted = wanted;
    this.condition = condition;
    this.storedMatches = storedMatches;
    this.context = context;
    Vector[] all = new Vector[probeWidth + storeWidth];
    System.arraycopy(probeVectors, 0, all, 0, probeWidth);
    System.arraycopy(storeVectors, 0, all, probeWidth, storeWidth);
    this.pairs = new Batch(all);
    this.mark = kind == ProbeKind.MARK ? new Vector(Physical.BOOL, context.run().memory()) : null;
    this.result = new Batch(new Vector[resultWidth()]);
  }

  private static boolean[] all(int columns) {
    boolean[] all = new boolean[columns];
    Arrays.fill(all, true);
    return all;
  }

  /// Starts again with other probe rows and another store.
  ///
  /// @param outcomes of the probe rows with stores before; null where there is one store only
  final void reopen(
      BatchStream rows, @Nullable MatchSet matches, @Nullable CarriedOutcomes outcomes) {
    probe = rows;
    storedMatches = matches;
    carried = outcomes;
    current = null;
    proposing = false;
    storedTail = -1;
    inTail = false;
  }

  private int resultWidth() {
    return switch (kind) {
      case INNER, LEFT, RIGHT, FULL, SINGLE -> probeWidth + storeWidth;
      case SEMI, ANTI -> probeWidth;
      case MARK -> probeWidth + 1;
      case STORED_SEMI, STORED_ANTI -> storeWidth;
    };
  }

  /// The store whose rows `propose` names for the current probe batch.
  abstract RowStore store();

  /// Starts on a new probe batch.
  abstract void start(Batch batch);

  /// Writes up to `max` candidate pairs; 0 when the batch has no more.
  abstract int propose(Batch batch, int[] probeOut, int[] storeOut, int max);

  @Override
  public final @Nullable Batch next() {
    while (true) {
      if (current == null && !advance()) {
        return storedTail();
      }
      Batch out = proposing ? match() : finish();
      if (out != null) {
        return out;
      }
    }
  }

  private boolean advance() {
    current = probe.next();
    if (current == null) {
      return false;
    }
    context.run().check();
    if (outcome.length < current.rows()) {
      outcome = new byte[current.rows()];
    }
    if (carried == null) {
      Arrays.fill(outcome, 0, current.rows(), NO);
    } else {
      carried.load(current, outcome);
    }
    proposing = true;
    start(current);
    return true;
  }

  private @Nullable Batch match() {
    Batch batch = current;
    if (batch == null) {
      throw new IllegalStateException("no probe batch");
    }
    // A product without matches proposes pairs for long before it delivers anything.
    context.run().check();
    int count = propose(batch, probeRows, storeRows, context.run().batchRows());
    if (count == 0) {
      proposing = false;
      return null;
    }
    boolean deliver = kind.deliversPairs();
    if (condition == null && !deliver) {
      for (int i = 0; i < count; i++) {
        matched(i);
      }
      return null;
    }
    for (int c = 0; c < probeWidth; c++) {
      if (wanted[c]) {
        pairs.vector(c).gather(batch.vector(c), probeRows, count);
      }
    }
    for (int c = 0; c < storeWidth; c++) {
      if (wanted[probeWidth + c]) {
        pairs.vector(probeWidth + c).gather(store().column(c), storeRows, count);
      }
    }
    pairs.all(count);
    settle(count);
    return deliver && pairs.count() > 0 ? deliverPairs() : null;
  }

  /// Evaluates the condition and notes outcomes; selects the pairs that match.
  private void settle(int count) {
    if (condition == null) {
      for (int i = 0; i < count; i++) {
        matched(i);
      }
      return;
    }
    Vector truth = condition.eval(pairs);
    int[] selection = new int[count];
    int n = 0;
    for (int i = 0; i < count; i++) {
      if (truth.isNull(i)) {
        outcome[probeRows[i]] = (byte) Math.max(outcome[probeRows[i]], UNKNOWN);
      } else if (truth.getBool(i)) {
        matched(i);
        selection[n++] = i;
      }
    }
    pairs.select(count, selection, n);
  }

  private void matched(int pair) {
    int row = probeRows[pair];
    if (kind == ProbeKind.SINGLE && outcome[row] == YES) {
      throw io.sabot.plan.error.Errors.moreThanOneRow();
    }
    outcome[row] = YES;
    if (storedMatches != null) {
      storedMatches.set(storeRows[pair]);
    }
  }

  private Batch deliverPairs() {
    for (int c = 0; c < result.columnCount(); c++) {
      result.setVector(c, pairs.vector(c));
    }
    result.select(pairs.rows(), pairs.selection(), pairs.count());
    return result;
  }

  /// After the last pair of a probe batch: rows whose fate depends on having had no match.
  private @Nullable Batch finish() {
    Batch batch = current;
    current = null;
    if (batch == null) {
      return null;
    }
    if (carried != null && !carried.isLast()) {
      carried.save(batch, outcome);
      return null;
    }
    return switch (kind) {
      case INNER, RIGHT, STORED_SEMI, STORED_ANTI -> null;
      case LEFT, FULL, SINGLE -> withoutMatch(batch);
      case SEMI -> probeOnly(batch, true);
      case ANTI -> probeOnly(batch, false);
      case MARK -> marked(batch);
    };
  }

  private int selectByOutcome(Batch batch, boolean wanted, int[] out) {
    int n = 0;
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if ((outcome[row] == YES) == wanted) {
        out[n++] = row;
      }
    }
    return n;
  }

  private @Nullable Batch withoutMatch(Batch batch) {
    int[] rows = new int[batch.count()];
    int count = selectByOutcome(batch, false, rows);
    if (count == 0) {
      return null;
    }
    int[] none = new int[count];
    Arrays.fill(none, -1);
    for (int c = 0; c < probeWidth; c++) {
      pairs.vector(c).gather(batch.vector(c), rows, count);
      result.setVector(c, pairs.vector(c));
    }
    for (int c = 0; c < storeWidth; c++) {
      pairs.vector(probeWidth + c).gather(store().column(c), none, count);
      result.setVector(probeWidth + c, pairs.vector(probeWidth + c));
    }
    result.all(count);
    return result;
  }

  private @Nullable Batch probeOnly(Batch batch, boolean wanted) {
    int[] rows = new int[batch.count()];
    int count = selectByOutcome(batch, wanted, rows);
    if (count == 0) {
      return null;
    }
    for (int c = 0; c < probeWidth; c++) {
      result.setVector(c, batch.vector(c));
    }
    result.select(batch.rows(), rows, count);
    return result;
  }

  private Batch marked(Batch batch) {
    Vector marks = mark;
    if (marks == null) {
      throw new IllegalStateException("a mark join without a mark");
    }
    marks.reset(batch.rows());
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (outcome[row] == UNKNOWN) {
        marks.setNull(row, batch.rows());
      } else {
        marks.setBool(row, outcome[row] == YES);
      }
    }
    for (int c = 0; c < probeWidth; c++) {
      result.setVector(c, batch.vector(c));
    }
    result.setVector(probeWidth, marks);
    result.select(batch.rows(), batch.selection(), batch.count());
    return result;
  }

  /// Whether this stream is the one to deliver stored rows, once it has no more probe rows: where
  /// several share a store, the last of them.
  boolean deliversTail() {
    return true;
  }

  /// After all probe batches: stored rows, by whether something matched them.
  private @Nullable Batch storedTail() {
    MatchSet matches = storedMatches;
    if (matches == null || !kind.deliversStored() || !inTail && !deliversTail()) {
      return null;
    }
    inTail = true;
    RowStore rows = store();
    boolean wantsMatched = kind == ProbeKind.STORED_SEMI;
    int[] which = new int[context.run().batchRows()];
    int count = 0;
    while (count < which.length) {
      storedTail = matches.next(storedTail + 1, rows.rows(), wantsMatched);
      if (storedTail >= rows.rows()) {
        storedTail = rows.rows() - 1;
        break;
      }
      which[count++] = storedTail;
    }
    return count == 0 ? null : stored(rows, which, count);
  }

  private Batch stored(RowStore rows, int[] which, int count) {
    int width = kind.isStoredOnly() ? 0 : probeWidth;
    for (int c = 0; c < width; c++) {
      Vector empty = pairs.vector(c);
      empty.reset(count);
      for (int i = 0; i < count; i++) {
        empty.setNull(i, count);
      }
      result.setVector(c, empty);
    }
    for (int c = 0; c < storeWidth; c++) {
      pairs.vector(probeWidth + c).gather(rows.column(c), which, count);
      result.setVector(width + c, pairs.vector(probeWidth + c));
    }
    result.all(count);
    return result;
  }
}
