package io.sabot.exec.expr;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.memory.QueryMemory;
import io.sabot.plan.function.ComparisonFunctions.Op;
import io.sabot.plan.type.Physical;
import java.lang.foreign.MemorySegment;

/// A comparison of two vectors of one exact kind.
final class CompareExpr implements VectorExpr {
  final Op op;
  final VectorExpr left;
  final VectorExpr right;
  private final boolean total;
  private final Vector out;

  /// @param total whether NaN equals itself and is above all other numbers, as in SQL; else every
  ///   comparison with it is false, as in Cypher and SPARQL, and only "unequal" true
  CompareExpr(Op op, boolean total, VectorExpr left, VectorExpr right, QueryMemory memory) {
    this.op = op;
    this.total = total;
    this.left = left;
    this.right = right;
    this.out = new Vector(Physical.BOOL, memory);
  }

  @Override
  public Vector eval(Batch batch) {
    Vector a = left.eval(batch);
    Vector b = right.eval(batch);
    int rows = batch.rows();
    out.reset(rows);
    if (a.kind() == Physical.STRING && (op == Op.EQ || op == Op.NE)) {
      equalStrings(a, b, batch);
      return out;
    }
    if (a.kind() == Physical.LONG) {
      longs(a, b, batch);
      return out;
    }
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (a.isNull(row) || b.isNull(row)) {
        out.setNull(row, rows);
      } else {
        out.setBool(row, test(a, row, b, row));
      }
    }
    return out;
  }

  private void equalStrings(Vector a, Vector b, Batch batch) {
    boolean wanted = op == Op.EQ;
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      boolean equal = a.stringLength(row) == b.stringLength(row) && strings(a, row, b, row) == 0;
      out.setBool(row, equal == wanted);
    }
    Nulls.either(a, b, out, batch);
  }

  private void longs(Vector a, Vector b, Batch batch) {
    MemorySegment x = a.data();
    MemorySegment y = b.data();
    MemorySegment to = out.data();
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      int order = Long.compare(x.get(Vector.LONG, 8L * row), y.get(Vector.LONG, 8L * row));
      to.set(Vector.BYTE, row, op.test(order) ? (byte) 1 : 0);
    }
    Nulls.either(a, b, out, batch);
  }

  private boolean test(Vector a, int rowA, Vector b, int rowB) {
    if (a.kind() == Physical.DOUBLE && !total) {
      double x = a.getDouble(rowA);
      double y = b.getDouble(rowB);
      return switch (op) {
        case EQ -> x == y;
        case NE -> x != y;
        case LT -> x < y;
        case LE -> x <= y;
        case GT -> x > y;
        case GE -> x >= y;
      };
    }
    return op.test(order(a, rowA, b, rowB));
  }

  /// The order of two cells of one exact kind; NaN is above all numbers.
  static int order(Vector a, int rowA, Vector b, int rowB) {
    return switch (a.kind()) {
      case BOOL -> Boolean.compare(a.getBool(rowA), b.getBool(rowB));
      case LONG -> Long.compare(a.getLong(rowA), b.getLong(rowB));
      case DOUBLE -> doubles(a.getDouble(rowA), b.getDouble(rowB));
      case DECIMAL ->
          a.isWide() || b.isWide()
              ? decimals(a, rowA, b, rowB)
              : Long.compare(a.getLong(rowA), b.getLong(rowB));
      case STRING -> strings(a, rowA, b, rowB);
      case TERM -> Long.compareUnsigned(a.getLong(rowA), b.getLong(rowB));
    };
  }

  private static int decimals(Vector a, int rowA, Vector b, int rowB) {
    int order = Long.compare(a.highWord(rowA), b.highWord(rowB));
    return order != 0 ? order : Long.compareUnsigned(a.getLong(rowA), b.getLong(rowB));
  }

  private static int doubles(double x, double y) {
    return x < y ? -1 : x > y ? 1 : x == y ? 0 : Boolean.compare(Double.isNaN(x), Double.isNaN(y));
  }

  static int strings(Vector a, int rowA, Vector b, int rowB) {
    MemorySegment x = a.bytes();
    MemorySegment y = b.bytes();
    long atX = a.stringOffset(rowA);
    long atY = b.stringOffset(rowB);
    int lengthX = a.stringLength(rowA);
    int lengthY = b.stringLength(rowB);
    int common = Math.min(lengthX, lengthY);
    int i = 0;
    for (; i + 8 <= common; i += 8) {
      long wordX = x.get(Vector.LONG, atX + i);
      long wordY = y.get(Vector.LONG, atY + i);
      if (wordX != wordY) {
        return Long.compareUnsigned(Long.reverseBytes(wordX), Long.reverseBytes(wordY));
      }
    }
    for (; i < common; i++) {
      int difference = (x.get(Vector.BYTE, atX + i) & 0xFF) - (y.get(Vector.BYTE, atY + i) & 0xFF);
      if (difference != 0) {
        return difference;
      }
    }
    return Integer.compare(lengthX, lengthY);
  }
}
