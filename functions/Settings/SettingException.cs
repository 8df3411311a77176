namespace ServerlessBlog.Settings;

/// <summary>A setting that cannot be used. The message is one sentence that names it and says what to write.</summary>
#pragma warning disable CA1032 // Only ever made with its sentence.
public sealed class SettingException(string sentence) : Exception(sentence);
#pragma warning restore CA1032
