using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Tests.Infra;

/// <summary>
/// A configuration that records which settings are read, so that the tests need no list of the settings that the code
/// reads.
/// </summary>
internal sealed class RecordingConfiguration(IReadOnlyDictionary<string, string> values) : IConfiguration
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The names of the settings that were read, spelled as environment variables.</summary>
    public IReadOnlyCollection<string> Names => _names;

    public string? this[string key]
    {
        get
        {
            var name = key.Replace(":", "__", StringComparison.Ordinal);
            _names.Add(name);
            return values.GetValueOrDefault(name);
        }
        set => throw new NotSupportedException();
    }

    /// <summary>Reads every setting that the blog reads at startup.</summary>
    /// <exception cref="SettingException">A setting is missing or invalid: the blog would not start.</exception>
    public static RecordingConfiguration ReadAll(IReadOnlyDictionary<string, string> values)
    {
        var settings = new RecordingConfiguration(values);
        BlogSettings.Read(settings);
        _ = new BlogStorage(settings, []);
        return settings;
    }

    public IEnumerable<IConfigurationSection> GetChildren() =>
        throw new NotSupportedException("The blog reads settings by name.");

    public IChangeToken GetReloadToken() => throw new NotSupportedException("The blog reads its settings once.");

    public IConfigurationSection GetSection(string key) =>
        throw new NotSupportedException("The blog reads settings by name.");
}
