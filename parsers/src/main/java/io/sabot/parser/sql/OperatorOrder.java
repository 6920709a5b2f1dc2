package io.sabot.parser.sql;

import io.sabot.parser.sql.Token.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;

/// How tightly operators bind in PostgreSQL (manual, table 4.2): `^`, then `* / %`, then `+ -`,
/// then `|| & | # << >>`. Calcite's grammar has no `|`, `#` and `>>`, binds `||` like `*`, and `^`
/// like `+`, so that it reads `1 + 2 ^ 2` as 9.
///
/// For the parser the operators of bits are all `&`. Of what it reads, a chain of operators without
/// parentheses between them is put together anew.
final class OperatorOrder {
  private static final Set<String> OF_BITS = Set.of("&", "|", "#", "<<", ">>");

  /// What an operator is made of: `&&`, `->>` and `#>` are others.
  private static final String SIGNS = "~!@#^&|?<>=*/%";

  private final String text;
  private final List<Token> tokens;
  private final int[] lines;

  /// The operators of bits, by the place where `&` stands for them.
  private final Map<Integer, String> ofBits;

  private final boolean isNeeded;

  private OperatorOrder(
      String text, List<Token> tokens, Map<Integer, String> ofBits, boolean isNeeded) {
    this.text = text;
    this.tokens = tokens;
    this.lines = lines(text);
    this.ofBits = ofBits;
    this.isNeeded = isNeeded;
  }

  static OperatorOrder of(String text) {
    List<Token> tokens = Scanner.scan(text);
    StringBuilder out = new StringBuilder(text);
    Map<Integer, String> ofBits = new HashMap<>();
    boolean hasPower = false;
    boolean hasConcat = false;
    int at = 0;
    while (at < tokens.size()) {
      int end = signsEnd(tokens, at);
      String operator = text.substring(tokens.get(at).start(), tokens.get(end - 1).end());
      hasPower |= operator.equals("^");
      hasConcat |= operator.equals("||");
      if (OF_BITS.contains(operator) && !touchesMinus(text, tokens.get(at), tokens.get(end - 1))) {
        int place = tokens.get(at).start();
        out.replace(place, tokens.get(end - 1).end(), operator.length() == 1 ? "&" : "& ");
        ofBits.put(place, operator);
      }
      at = end;
    }
    return new OperatorOrder(
        out.toString(),
        ofBits.isEmpty() ? tokens : Scanner.scan(out.toString()),
        ofBits,
        hasPower || hasConcat || !ofBits.isEmpty());
  }

  /// Behind the signs that stand together from a token on, or behind a token that is none.
  private static int signsEnd(List<Token> tokens, int at) {
    int end = at + 1;
    while (isSign(tokens.get(at))
        && end < tokens.size()
        && isSign(tokens.get(end))
        && tokens.get(end - 1).end() == tokens.get(end).start()) {
      end++;
    }
    return end;
  }

  private static boolean isSign(Token token) {
    return token.kind() == Kind.PARAMETER && token.text().isEmpty()
        || token.kind() == Kind.SYMBOL && SIGNS.contains(token.text());
  }

  /// `->>` and `#-` are operators of JSON.
  private static boolean touchesMinus(String text, Token first, Token last) {
    boolean isArrow = first.is(">") && first.start() > 0 && text.charAt(first.start() - 1) == '-';
    return isArrow || last.is("#") && text.startsWith("-", last.end());
  }

  private static int[] lines(String text) {
    List<Integer> starts = new ArrayList<>(List.of(0));
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        starts.add(i + 1);
      }
    }
    return starts.stream().mapToInt(Integer::intValue).toArray();
  }

  String text() {
    return text;
  }

  SqlNode rewrite(SqlNode read) {
    return isNeeded ? Objects.requireNonNull(read.accept(new Rewriter())) : read;
  }

  /// 0 for what is no operator of such a chain.
  private static int tightness(SqlNode node) {
    if (!(node instanceof SqlBasicCall call) || call.operandCount() != 2) {
      return 0;
    }
    return switch (call.getOperator().getName()) {
      case "^" -> 4;
      case "*", "/", "%" -> 3;
      case "+", "-" -> 2;
      case "||", "&" -> 1;
      default -> 0;
    };
  }

  // ---- places in the text

  private int start(SqlParserPos at) {
    return lines[at.getLineNum() - 1] + at.getColumnNum() - 1;
  }

  /// Of the last character.
  private int last(SqlParserPos at) {
    return lines[at.getEndLineNum() - 1] + at.getEndColumnNum() - 1;
  }

  /// The token of the operator of a call.
  private int operator(SqlCall call) {
    int left = last(call.operand(0).getParserPosition());
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.start() > left) {
        depth += depth(token);
        boolean isIt =
            depth <= 0 && call.getOperator().getName().startsWith(token.text()) && isOf(token);
        if (isIt) {
          return i;
        }
      }
    }
    throw new IllegalStateException("no operator " + call.getOperator().getName());
  }

  private static boolean isOf(Token token) {
    return token.kind() == Kind.SYMBOL && !token.is("(") && !token.is(")");
  }

  private static int depth(Token token) {
    return token.is("(") || token.is("[") ? 1 : token.is(")") || token.is("]") ? -1 : 0;
  }

  /// Whether the left operand of the operator at a token stands in parentheses.
  private boolean isLeftClosed(SqlNode left, int operator) {
    if (!tokens.get(operator - 1).is(")")) {
      return false;
    }
    int depth = 0;
    int i = operator;
    do {
      depth += depth(tokens.get(--i));
    } while (depth < 0);
    return tokens.get(i).start() <= start(left.getParserPosition());
  }

  private boolean isRightClosed(SqlNode right, int behind) {
    if (!tokens.get(behind).is("(")) {
      return false;
    }
    int depth = 0;
    int i = behind - 1;
    do {
      depth += depth(tokens.get(++i));
    } while (depth > 0);
    return tokens.get(i).start() >= last(right.getParserPosition());
  }

  private final class Rewriter extends SqlShuttle {
    @Override
    public SqlNode visit(SqlCall call) {
      if (tightness(call) == 0) {
        return Objects.requireNonNull(super.visit(call));
      }
      Chain chain = new Chain();
      chain.add(call);
      return chain.together(this);
    }
  }

  /// Operands and the operators between them.
  private final class Chain {
    private final List<SqlNode> operands = new ArrayList<>();
    private final List<SqlOperator> operators = new ArrayList<>();
    private final List<Integer> tightness = new ArrayList<>();
    private int at;

    void add(SqlNode node) {
      SqlCall call = (SqlCall) node;
      int operator = operator(call);
      SqlNode left = call.operand(0);
      SqlNode right = call.operand(1);
      int behind = operator + (call.getOperator().getName().equals("||") ? 2 : 1);
      if (tightness(left) > 0 && !isLeftClosed(left, operator)) {
        add(left);
      } else {
        operands.add(left);
      }
      operators.add(meant(call.getOperator(), tokens.get(operator).start()));
      tightness.add(tightness(call));
      if (tightness(right) > 0 && !isRightClosed(right, behind)) {
        add(right);
      } else {
        operands.add(right);
      }
    }

    private SqlOperator meant(SqlOperator read, int place) {
      return switch (read.getName()) {
        case "^" -> NumberOperators.POWER;
        case "&" -> NumberOperators.ofBits(Objects.requireNonNull(ofBits.get(place)));
        default -> read;
      };
    }

    SqlNode together(SqlShuttle inside) {
      operands.replaceAll(operand -> Objects.requireNonNull(operand.accept(inside)));
      at = 0;
      return from(1);
    }

    /// The operand here with all that operators of at least this tightness join to it.
    private SqlNode from(int least) {
      SqlNode left = operands.get(at);
      while (at < operators.size() && tightness.get(at) >= least) {
        SqlOperator operator = operators.get(at);
        int tight = tightness.get(at++);
        SqlNode right = from(tight + 1);
        left =
            operator.createCall(
                left.getParserPosition().plus(right.getParserPosition()), left, right);
      }
      return left;
    }
  }
}
