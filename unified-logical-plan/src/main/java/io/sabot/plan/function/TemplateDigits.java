package io.sabot.plan.function;

/// What the template of a number says about its type.
public final class TemplateDigits {
  private TemplateDigits() {}

  /// How many digits a template of to_number has after the point.
  public static int scale(String template) {
    int digits = 0;
    boolean isBehind = false;
    boolean isQuoted = false;
    for (char c : template.toCharArray()) {
      isQuoted ^= c == '"';
      if (!isQuoted) {
        isBehind |= c == '.' || c == 'D' || c == 'd' || c == 'V' || c == 'v';
        digits += isBehind && (c == '9' || c == '0') ? 1 : 0;
      }
    }
    return Math.min(digits, 16);
  }
}
