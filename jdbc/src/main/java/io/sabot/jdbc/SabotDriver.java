package io.sabot.jdbc;

import io.sabot.engine.Language;
import io.sabot.engine.Sabot;
import io.sabot.engine.Settings;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The driver of URLs such as `jdbc:sabot:data/shop?timeout=30s`, found by `ServiceLoader`.
public final class SabotDriver implements Driver {
  static final int MAJOR = 0;
  static final int MINOR = 1;

  static {
    try {
      DriverManager.registerDriver(new SabotDriver());
    } catch (SQLException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  @Override
  public @Nullable Connection connect(String url, @Nullable Properties properties)
      throws SQLException {
    if (!acceptsURL(url)) {
      return null;
    }
    ConnectionUrl parsed =
        ConnectionUrl.parse(url, properties == null ? new Properties() : properties);
    Language language = parsed.language();
    boolean isReadOnly = parsed.isReadOnly();
    OpenDatabases.Lease lease = OpenDatabases.open(parsed);
    try {
      SabotConnection connection = new SabotConnection(lease, url, language);
      connection.apply(parsed);
      connection.setReadOnly(isReadOnly);
      return connection;
    } catch (SQLException | RuntimeException failed) {
      lease.close();
      throw failed;
    }
  }

  /// A connection to a database that the program has open; closing it leaves the database open.
  public static Connection connection(Sabot database) {
    return new SabotConnection(
        new OpenDatabases.Lease(database, () -> {}), ConnectionUrl.PREFIX, Language.SQL);
  }

  @Override
  public boolean acceptsURL(@Nullable String url) {
    return ConnectionUrl.accepts(url);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties properties)
      throws SQLException {
    ConnectionUrl parsed =
        ConnectionUrl.parse(
            acceptsURL(url) ? url : ConnectionUrl.PREFIX,
            properties == null ? new Properties() : properties);
    List<DriverPropertyInfo> all = new ArrayList<>();
    ConnectionUrl.OWN.forEach((name, meaning) -> {
      DriverPropertyInfo property = new DriverPropertyInfo(name, parsed.options().get(name));
      property.description = meaning;
      all.add(property);
    });
    for (String name : Settings.names()) {
      DriverPropertyInfo property = new DriverPropertyInfo(name, parsed.options().get(name));
      property.description = "the engine's setting of this name";
      all.add(property);
    }
    return all.toArray(DriverPropertyInfo[]::new);
  }

  @Override
  public int getMajorVersion() {
    return MAJOR;
  }

  @Override
  public int getMinorVersion() {
    return MINOR;
  }

  /// All of JDBC that has no server or procedure in it is there, but not the whole of SQL-92.
  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw SqlErrors.unsupported("logging");
  }
}
