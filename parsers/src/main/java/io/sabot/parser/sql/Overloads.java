package io.sabot.parser.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.FamilyOperandTypeChecker;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeFamily;

/// The signatures of a function: the first that the arguments have is taken, and where they have
/// none, the first that they can be converted to. Of Calcite's own choice of several only the last
/// part is so, and a text in the place of a number would be read as one.
final class Overloads implements SqlOperandTypeChecker {
  private final List<FamilyOperandTypeChecker> signatures;

  private Overloads(List<FamilyOperandTypeChecker> signatures) {
    this.signatures = List.copyOf(signatures);
  }

  /// One signature for each count of operands from `least` on.
  static Overloads of(int least, List<SqlTypeFamily> families) {
    List<FamilyOperandTypeChecker> signatures = new ArrayList<>();
    for (int count = least; count <= families.size(); count++) {
      signatures.add(OperandTypes.family(families.subList(0, count)));
    }
    return new Overloads(signatures);
  }

  /// These signatures, and others behind them.
  Overloads and(Overloads others) {
    List<FamilyOperandTypeChecker> both = new ArrayList<>(signatures);
    both.addAll(others.signatures);
    return new Overloads(both);
  }

  @Override
  public boolean checkOperandTypes(SqlCallBinding call, boolean throwOnFailure) {
    List<FamilyOperandTypeChecker> ofThisCount =
        signatures.stream()
            .filter(s -> s.getOperandCountRange().isValidCount(call.getOperandCount()))
            .toList();
    boolean fits =
        ofThisCount.stream().anyMatch(s -> s.checkOperandTypesWithoutTypeCoercion(call, false))
            || ofThisCount.stream().anyMatch(s -> s.checkOperandTypes(call, false));
    if (!fits && throwOnFailure) {
      throw call.newValidationSignatureError();
    }
    return fits;
  }

  @Override
  public SqlOperandCountRange getOperandCountRange() {
    int least = Integer.MAX_VALUE;
    int most = 0;
    for (FamilyOperandTypeChecker signature : signatures) {
      least = Math.min(least, signature.getOperandCountRange().getMin());
      most = Math.max(most, signature.getOperandCountRange().getMax());
    }
    return SqlOperandCountRanges.between(least, most);
  }

  @Override
  public String getAllowedSignatures(SqlOperator operator, String name) {
    return String.join(
        ", ", signatures.stream().map(s -> s.getAllowedSignatures(operator, name)).toList());
  }
}
