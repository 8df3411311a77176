namespace ServerlessBlog.Settings;

/// <summary>
/// A setting is invalid or missing. The message is one sentence that names the setting and says what to write.
/// </summary>
#pragma warning disable CA1032 // Always created with its message.
public sealed class SettingException(string message) : Exception(message);
#pragma warning restore CA1032
