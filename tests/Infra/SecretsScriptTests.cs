using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Infra;

/// <summary>
/// Runs infra/secrets.sh with a stand-in for the Azure CLI in the PATH: it stores secrets as files in a folder and
/// records its calls.
/// </summary>
public sealed class SecretsScriptTests : IDisposable
{
    private const string Az = """
        #!/bin/sh
        echo "$*" >> calls
        if [ "$(cat refusals 2>/dev/null || echo 0)" -gt 0 ]; then
          echo $(($(cat refusals) - 1)) > refusals
          echo Forbidden >&2
          exit 1
        fi
        name=$(echo "$*" | sed -n 's/.*--name \([^ ]*\).*/\1/p')
        file=$(echo "$*" | sed -n 's/.*--file \([^ ]*\).*/\1/p')
        case "$1 $2 $3" in
          "keyvault secret list") ls vault ;;
          "keyvault secret set") cp "$file" "vault/$name" ;;
          "keyvault secret download") cp "vault/$name" "$file" ;;
          "rest --method post") ;;
          *) echo "az does not know: $*" >&2; exit 2 ;;
        esac
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blog-secrets-");

    public SecretsScriptTests()
    {
        _folder.CreateSubdirectory("vault");
        var az = Path.Combine(_folder.CreateSubdirectory("bin").FullName, "az");
        File.WriteAllText(az, Az + "\n");
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("secrets.sh needs a Unix shell.");
        }

        File.SetUnixFileMode(az, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_first_run_makes_a_key_and_the_next_ones_keep_it()
    {
        await RunAsync();
        var key = Secret("blog-secret");
        await RunAsync();

        Assert.Equal(64, key!.Length);
        Assert.Equal(key, Secret("blog-secret"));
        Assert.Null(Secret("blog-previous-secret"));
        // Without a refresh, the app sees a new secret up to a day later.
        Assert.Contains("/sites/func/config/configreferences/appsettings/refresh", Calls, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rotation_keeps_the_old_key_as_the_previous_one()
    {
        await RunAsync();
        var old = Secret("blog-secret");

        await RunAsync("rotate");

        Assert.Equal(old, Secret("blog-previous-secret"));
        Assert.NotEqual(old, Secret("blog-secret"));
    }

    [Fact]
    public async Task It_waits_until_a_role_that_was_just_assigned_takes_effect()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "refusals"), "3");

        await RunAsync();

        Assert.NotNull(Secret("blog-secret"));
    }

    [Fact]
    public async Task Without_access_to_the_vault_the_missing_role_is_named()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "refusals"), "1000");

        await using var run = Start();

        Assert.Equal(1, await run.EndAsync());
        Assert.Contains("Key Vault Secrets Officer", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_key_appears_on_a_command_line()
    {
        await RunAsync();
        await RunAsync("rotate");

        Assert.DoesNotContain(Secret("blog-secret")!, Calls, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret("blog-previous-secret")!, Calls, StringComparison.Ordinal);
    }

    private string Calls => File.ReadAllText(Path.Combine(_folder.FullName, "calls"));

    private string? Secret(string name)
    {
        var file = Path.Combine(_folder.FullName, "vault", name);
        return File.Exists(file) ? File.ReadAllText(file) : null;
    }

    private async Task RunAsync(params string[] arguments)
    {
        await using var run = Start(arguments);
        Assert.True(await run.EndAsync() == 0, run.Output + run.Errors);
    }

    private ProgramRun Start(params string[] arguments) =>
        ProgramRun.Start(
            "/bin/sh",
            [Path.Combine(Bicep.Folder, "secrets.sh"), .. arguments],
            [
                new("PATH", $"{Path.Combine(_folder.FullName, "bin")}:{Environment.GetEnvironmentVariable("PATH")}"),
                new("AZURE_KEY_VAULT_NAME", "vault"),
                new("AZURE_SUBSCRIPTION_ID", Bicep.Subscription),
                new("AZURE_RESOURCE_GROUP", "rg"),
                new("BLOG_APP", "func"),
                new("SECRETS_WAIT", "0"),
            ],
            _folder.FullName
        );
}
