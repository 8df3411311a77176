namespace ServerlessBlog.Settings;

/// <summary>
/// A setting is invalid or missing. The message is one sentence that names the setting and says what to write.
/// </summary>
public sealed class SettingException(string message) : Exception(message);
