package io.sabot.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Objects;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Connections by URL, for frameworks that want a data source. Connections to a directory share one
/// open database while at least one of them is open; a pool keeps it so.
public final class SabotDataSource implements DataSource, Unwrapping {
  private String url;
  private @Nullable PrintWriter log;

  /// @param url as {@link SabotDriver} takes it
  public SabotDataSource(String url) {
    this.url = url;
  }

  public String getUrl() {
    return url;
  }

  public void setUrl(String newUrl) {
    url = newUrl;
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (!ConnectionUrl.accepts(url)) {
      throw SqlErrors.url(url, ConnectionUrl.PREFIX + "PATH");
    }
    return Objects.requireNonNull(new SabotDriver().connect(url, new Properties()));
  }

  /// There are no users; whoever may read the directory may connect.
  @Override
  public Connection getConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    return getConnection();
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return log;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter writer) {
    log = writer;
  }

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw SqlErrors.unsupported("logging");
  }
}
