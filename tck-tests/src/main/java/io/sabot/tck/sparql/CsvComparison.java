package io.sabot.tck.sparql;

import java.util.ArrayList;
import java.util.List;

/// Whether two CSV documents hold the same records, in any order and up to the names of blank nodes
/// and the forms of numbers.
final class CsvComparison {
  private CsvComparison() {}

  static boolean same(String left, String right) {
    return records(left).equals(records(right));
  }

  private static List<List<String>> records(String text) {
    List<List<String>> records = new ArrayList<>();
    List<String> record = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        boolean doubled = c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"';
        if (c == '"' && !doubled) {
          quoted = false;
        } else {
          cell.append(c);
          i += doubled ? 1 : 0;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == ',' || c == '\n') {
        record.add(canonical(cell.toString()));
        cell.setLength(0);
        if (c == '\n') {
          records.add(record);
          record = new ArrayList<>();
        }
      } else if (c != '\r') {
        cell.append(c);
      }
    }
    if (!record.isEmpty() || !cell.isEmpty()) {
      record.add(canonical(cell.toString()));
      records.add(record);
    }
    records.subList(1, records.size()).sort((a, b) -> a.toString().compareTo(b.toString()));
    return records;
  }

  private static String canonical(String cell) {
    return cell.startsWith("_:") ? "_:" : cell;
  }
}
