using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Tests.Infra;

/// <summary>A configuration that remembers what it was asked for: so the tests know every setting that the code reads, without a list of them.</summary>
internal sealed class RecordingConfiguration(IReadOnlyDictionary<string, string> values) : IConfiguration
{
    private readonly HashSet<string> _asked = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The settings that were asked for, as the environment spells them.</summary>
    public IReadOnlyCollection<string> Names => _asked;

    public string? this[string key]
    {
        get
        {
            var name = key.Replace(":", "__", StringComparison.Ordinal);
            _asked.Add(name);
            return values.GetValueOrDefault(name);
        }
        set => throw new NotSupportedException();
    }

    /// <summary>Reads all that the blog reads at its start.</summary>
    /// <exception cref="SettingException">With these, it would not start.</exception>
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
