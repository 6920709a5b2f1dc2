package io.sabot.parser.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.FamilyOperandTypeChecker;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeFamily;

/// The signatures of a function: the first that the arguments have is taken, and where they have
/// none, the first that a quoted literal among them can be converted to. Calcite converts whatever
/// it can: a text in the place of a number would be read as one, and a number in that of a text
/// written.
final class Overloads implements SqlOperandTypeChecker {
  private final List<Signature> signatures;

  private Overloads(List<Signature> signatures) {
    this.signatures = List.copyOf(signatures);
  }

  private record Signature(List<SqlTypeFamily> families, FamilyOperandTypeChecker checker) {
    Signature(List<SqlTypeFamily> families) {
      this(families, OperandTypes.family(families));
    }

    boolean has(SqlCallBinding call) {
      return families.size() == call.getOperandCount()
          && checker.checkOperandTypesWithoutTypeCoercion(call, false);
    }

    boolean canHave(SqlCallBinding call) {
      if (families.size() != call.getOperandCount()) {
        return false;
      }
      for (int i = 0; i < families.size(); i++) {
        RelDataType type = call.getOperandType(i);
        boolean isOpen =
            switch (type.getSqlTypeName()) {
              case CHAR, NULL, ANY, UNKNOWN -> true;
              default -> false;
            };
        if (!isOpen && !families.get(i).getTypeNames().contains(type.getSqlTypeName())) {
          return false;
        }
      }
      return checker.checkOperandTypes(call, false);
    }
  }

  /// One signature for each count of operands from `least` on.
  static Overloads of(int least, List<SqlTypeFamily> families) {
    List<Signature> signatures = new ArrayList<>();
    for (int count = least; count <= families.size(); count++) {
      signatures.add(new Signature(families.subList(0, count)));
    }
    return new Overloads(signatures);
  }

  /// These signatures, and others behind them.
  Overloads and(Overloads others) {
    List<Signature> both = new ArrayList<>(signatures);
    both.addAll(others.signatures);
    return new Overloads(both);
  }

  @Override
  public boolean checkOperandTypes(SqlCallBinding call, boolean throwOnFailure) {
    boolean fits =
        signatures.stream().anyMatch(s -> s.has(call))
            || signatures.stream().anyMatch(s -> s.canHave(call));
    if (!fits && throwOnFailure) {
      throw call.newValidationSignatureError();
    }
    return fits;
  }

  @Override
  public SqlOperandCountRange getOperandCountRange() {
    int least = Integer.MAX_VALUE;
    int most = 0;
    for (Signature signature : signatures) {
      least = Math.min(least, signature.families().size());
      most = Math.max(most, signature.families().size());
    }
    return SqlOperandCountRanges.between(least, most);
  }

  @Override
  public String getAllowedSignatures(SqlOperator operator, String name) {
    return String.join(
        ", ",
        signatures.stream().map(s -> s.checker().getAllowedSignatures(operator, name)).toList());
  }
}
