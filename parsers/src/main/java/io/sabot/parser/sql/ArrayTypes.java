package io.sabot.parser.sql;

import io.sabot.plan.error.Errors;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/// Types of arrays that are made of others, and of values that become their elements.
final class ArrayTypes {
  private ArrayTypes() {}

  /// The array of the elements of all operands, which are arrays or elements.
  static RelDataType joined(SqlOperatorBinding call) {
    return joined(call, call.getOperandCount());
  }

  /// @param count how many operands are arrays or elements
  static RelDataType joined(SqlOperatorBinding call, int count) {
    List<RelDataType> elements = new ArrayList<>();
    int depth = 1;
    for (int i = 0; i < count; i++) {
      depth = Math.max(depth, depth(call.getOperandType(i)));
      RelDataType element = element(call.getOperandType(i));
      if (element != null) {
        elements.add(element);
      }
    }
    RelDataTypeFactory types = call.getTypeFactory();
    RelDataType common = elements.isEmpty() ? null : types.leastRestrictive(elements);
    if (common == null && !elements.isEmpty()) {
      throw Errors.semantic(
          null,
          "ArrayElements",
          "an array and what is put into it have different types",
          "cast one of them");
    }
    RelDataType array = common == null ? types.createSqlType(SqlTypeName.ANY) : common;
    for (int i = 0; i < depth; i++) {
      array = types.createArrayType(types.createTypeWithNullability(array, true), -1);
    }
    return types.createTypeWithNullability(array, true);
  }

  /// How many arrays stand in each other.
  static int depth(RelDataType type) {
    int depth = 0;
    for (RelDataType inner = type;
        inner != null && inner.getSqlTypeName() == SqlTypeName.ARRAY;
        inner = inner.getComponentType()) {
      depth++;
    }
    return depth;
  }

  /// A quoted text or NULL, which becomes what its place wants.
  static boolean isLiteral(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.CHAR || type.getSqlTypeName() == SqlTypeName.NULL;
  }

  /// What the innermost elements are; null for a literal, which takes the type of the others.
  private static @Nullable RelDataType element(RelDataType type) {
    RelDataType element = type;
    while (element.getSqlTypeName() == SqlTypeName.ARRAY) {
      element = java.util.Objects.requireNonNull(element.getComponentType());
    }
    boolean isLiteral = type == element && element.getSqlTypeName() == SqlTypeName.CHAR;
    return isLiteral || element.getSqlTypeName() == SqlTypeName.NULL ? null : element;
  }
}
