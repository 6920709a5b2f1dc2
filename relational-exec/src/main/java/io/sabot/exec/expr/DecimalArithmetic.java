package io.sabot.exec.expr;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Cells;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.memory.QueryMemory;
import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.ArithmeticFunctions.Op;
import io.sabot.plan.type.Physical;
import io.sabot.plan.type.Type;
import java.math.BigInteger;
import java.util.List;

/// Exact decimal addition, subtraction and multiplication. A batch whose values and results fit in
/// 64 bits is computed there; one that does not is computed again in wide form.
final class DecimalArithmetic implements VectorExpr {
  private static final long[] POWERS = powers();
  private static final BigInteger LIMIT = BigInteger.TEN.pow(Type.Decimal.MAX_PRECISION);

  private final Op op;
  private final VectorExpr left;
  private final VectorExpr right;
  private final long scaleLeft;
  private final long scaleRight;
  private final Type.Decimal type;
  private final Vector out;

  DecimalArithmetic(
      Op op,
      VectorExpr left,
      VectorExpr right,
      Type leftType,
      Type rightType,
      Type.Decimal type,
      QueryMemory memory) {
    this.op = op;
    this.left = left;
    this.right = right;
    this.type = type;
    boolean align = op != Op.MUL;
    this.scaleLeft = align ? POWERS[type.scale() - Cells.scale(leftType)] : 1;
    this.scaleRight = align ? POWERS[type.scale() - Cells.scale(rightType)] : 1;
    this.out = new Vector(Physical.DECIMAL, memory);
  }

  /// Whether the result scale is what the operation gives without rounding.
  static boolean supports(Op op, List<Expr> args, Type.Decimal out) {
    int a = Cells.scale(args.get(0).type());
    int b = Cells.scale(args.get(1).type());
    return switch (op) {
      case ADD, SUB ->
          out.scale() >= Math.max(a, b) && out.scale() - Math.min(a, b) < POWERS.length;
      case MUL -> out.scale() == a + b;
      case DIV, MOD -> false;
    };
  }

  private static long[] powers() {
    long[] powers = new long[19];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }

  @Override
  public Vector eval(Batch batch) {
    Vector a = left.eval(batch);
    Vector b = right.eval(batch);
    out.reset(batch.rows());
    if (a.isWide() || b.isWide() || !narrow(a, b, batch)) {
      wide(a, b, batch);
    }
    Nulls.either(a, b, out, batch);
    return out;
  }

  /// Returns false when a result does not fit in 64 bits.
  private boolean narrow(Vector a, Vector b, Batch batch) {
    long overflow = 0;
    int count = batch.count();
    for (int i = 0; i < count; i++) {
      int row = batch.row(i);
      long x = a.getLong(row);
      long y = b.getLong(row);
      long highX = Math.multiplyHigh(x, scaleLeft);
      long highY = Math.multiplyHigh(y, scaleRight);
      x *= scaleLeft;
      y *= scaleRight;
      overflow |= (highX ^ (x >> 63)) | (highY ^ (y >> 63));
      long result;
      if (op == Op.MUL) {
        result = x * y;
        overflow |= Math.multiplyHigh(x, y) ^ (result >> 63);
      } else if (op == Op.ADD) {
        result = x + y;
        overflow |= ((x ^ result) & (y ^ result)) >> 63;
      } else {
        result = x - y;
        overflow |= ((x ^ y) & (x ^ result)) >> 63;
      }
      out.setLong(row, result);
    }
    return overflow == 0;
  }

  private void wide(Vector a, Vector b, Batch batch) {
    int rows = batch.rows();
    out.reset(rows);
    out.widen(rows, 0);
    BigInteger factorLeft = BigInteger.valueOf(scaleLeft);
    BigInteger factorRight = BigInteger.valueOf(scaleRight);
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (a.isNull(row) || b.isNull(row)) {
        continue;
      }
      BigInteger x = a.getUnscaled(row).multiply(factorLeft);
      BigInteger y = b.getUnscaled(row).multiply(factorRight);
      BigInteger result =
          switch (op) {
            case ADD -> x.add(y);
            case SUB -> x.subtract(y);
            case MUL -> x.multiply(y);
            case DIV, MOD -> throw new IllegalStateException("not here: " + op);
          };
      if (result.abs().compareTo(LIMIT) >= 0) {
        throw Errors.outOfRange(op.word(), type.toString());
      }
      out.setUnscaled(row, result, rows, rows);
    }
  }
}
