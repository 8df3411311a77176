using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ServerlessBlog.Hosting.Local;

namespace ServerlessBlog.Benchmarks.Mailings;

/// <summary>A real SMTP server that counts mails, as a child process on a port that the kernel chooses.</summary>
internal sealed class MailCounter : IDisposable
{
    private readonly Process _process;

    private MailCounter(Process process, int port) => (_process, Port) = (process, port);

    /// <summary>The port that it accepts mails on, without TLS and without a password.</summary>
    public int Port { get; }

    /// <summary>Starts a server.</summary>
    public static async Task<MailCounter> StartAsync()
    {
        var tests = Path.Combine(RepositoryRoot.Find(), "tests");
        await NodePackages.EnsureInstalledAsync(tests, say: null, CancellationToken.None);
        var script = Path.Combine(tests, "Benchmarks", "Mailings", "mail-counter.js");
        var process = Process.Start(
            new ProcessStartInfo("node", [script, tests])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        var line = await process.StandardOutput.ReadLineAsync();
        return new MailCounter(process, int.Parse(line!, CultureInfo.InvariantCulture));
    }

    /// <summary>The counts so far.</summary>
    public async Task<Counts> CountAsync()
    {
        await _process.StandardInput.WriteLineAsync();
        var line = await _process.StandardOutput.ReadLineAsync();
        return JsonSerializer.Deserialize<Counts>(line!, JsonSerializerOptions.Web)!;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    /// <summary>What a server has received.</summary>
    /// <param name="Mails">The number of mails.</param>
    /// <param name="Bytes">Their size in bytes.</param>
    /// <param name="Recipients">The number of different recipients.</param>
    /// <param name="Ids">The number of different Message-IDs.</param>
    internal sealed record Counts(int Mails, long Bytes, int Recipients, int Ids);
}
