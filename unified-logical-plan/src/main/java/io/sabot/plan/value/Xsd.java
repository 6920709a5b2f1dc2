package io.sabot.plan.value;

/// Datatype IRIs of XML Schema and RDF.
public final class Xsd {
  public static final String NS = "http://www.w3.org/2001/XMLSchema#";
  public static final String STRING = NS + "string";
  public static final String BOOLEAN = NS + "boolean";
  public static final String INTEGER = NS + "integer";
  public static final String DECIMAL = NS + "decimal";
  public static final String DOUBLE = NS + "double";
  public static final String FLOAT = NS + "float";
  public static final String DATE = NS + "date";
  public static final String TIME = NS + "time";
  public static final String DATE_TIME = NS + "dateTime";
  public static final String DURATION = NS + "duration";
  public static final String DAY_TIME_DURATION = NS + "dayTimeDuration";
  public static final String YEAR_MONTH_DURATION = NS + "yearMonthDuration";
  public static final String HEX_BINARY = NS + "hexBinary";
  public static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
  public static final String LANG_STRING = RDF + "langString";
  public static final String DIR_LANG_STRING = RDF + "dirLangString";
  public static final String RDF_TYPE = RDF + "type";

  private Xsd() {}
}
