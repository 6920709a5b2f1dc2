package io.sabot.exec.expr;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.memory.QueryMemory;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.type.Physical;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// SQL's SUBSTRING with a constant place: views into the bytes of the input. Counts code points.
final class SubstringExpr implements VectorExpr {
  private static final long ANY_LENGTH = Integer.MAX_VALUE;

  private final VectorExpr text;
  private final long from;
  private final long to;
  private final Vector out;

  /// @param from the first code point, from 0
  /// @param to the one after the last
  private SubstringExpr(VectorExpr text, long from, long to, QueryMemory memory) {
    this.text = text;
    this.from = Math.max(0, from);
    this.to = Math.max(this.from, to);
    this.out = new Vector(Physical.STRING, memory);
  }

  /// The kernel of a call; null when its place is not constant or it is another function.
  static @Nullable VectorExpr of(Expr.Call call, ExprCompiler compiler) {
    if (!call.function().name().equals("sql.substring")
        || call.args().getFirst().type().physical() != Physical.STRING) {
      return null;
    }
    Long start = literal(call.args().get(1));
    Long length = call.args().size() > 2 ? literal(call.args().get(2)) : Long.valueOf(ANY_LENGTH);
    if (start == null || length == null || length < 0) {
      return null;
    }
    long from = start - 1;
    long to = call.args().size() > 2 ? from + Math.max(0, length) : ANY_LENGTH;
    VectorExpr text = compiler.compile(call.args().getFirst());
    return new SubstringExpr(text, from, to, compiler.run().memory());
  }

  private static @Nullable Long literal(Expr arg) {
    return arg instanceof Expr.Lit(Value.Int(long number), Type type)
            && type instanceof Type.Int
            && Math.abs(number) < ANY_LENGTH
        ? Long.valueOf(number)
        : null;
  }

  @Override
  public Vector eval(Batch batch) {
    Vector in = text.eval(batch);
    out.reset(batch.rows());
    out.borrowBytes(in.bytes());
    MemorySegment bytes = in.bytes();
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (in.isNull(row)) {
        out.setView(row, 0, 0);
      } else {
        long offset = in.stringOffset(row);
        long end = offset + in.stringLength(row);
        long start = skip(bytes, offset, end, from);
        out.setView(row, start, (int) (skip(bytes, start, end, to - from) - start));
      }
    }
    Nulls.either(in, in, out, batch);
    return out;
  }

  /// Where the text is after `count` more code points; `end` when it has fewer.
  private static long skip(MemorySegment bytes, long at, long end, long count) {
    if (count >= end - at) {
      return end;
    }
    long place = at;
    for (long i = 0; i < count && place < end; i++) {
      place++;
      while (place < end && (bytes.get(Vector.BYTE, place) & 0xC0) == 0x80) {
        place++;
      }
    }
    return place;
  }
}
