using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Identity;

namespace ServerlessBlog.Hosting.Local;

/// <summary>The command line of a developer's machine: <c>run</c> (nothing said), <c>upload</c>, <c>poison</c> and <c>sign-in</c>. Left out of the published handler.</summary>
internal static class LocalCommand
{
    /// <summary>False in the published handler, where the trimmer takes everything behind it away.</summary>
    [FeatureSwitchDefinition("ServerlessBlog.LocalHost")]
    public static bool IsSupported => !AppContext.TryGetSwitch("ServerlessBlog.LocalHost", out var on) || on;

    /// <summary>Runs the command. 0: it ended well; 1: it could not, and one sentence on the error stream says what to do.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var line = CreateRootCommand().Parse(args);
        if (line.Errors is [var error, ..])
        {
            await Console.Error.WriteLineAsync($"{error.Message.TrimEnd('.')}: --help shows what there is.");
            return 1;
        }

        return await line.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    /// <summary>Every command with its options and arguments.</summary>
    internal static RootCommand CreateRootCommand()
    {
        var data = new Option<DirectoryInfo>("--data")
        {
            Description = "Where storage, mail and keys of this blog are kept.",
            HelpName = "DIR",
            DefaultValueFactory = _ => new DirectoryInfo(Path.Combine(RepositoryRoot.Find(), ".blog")),
            Recursive = true,
        };
        data.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "" }])
            {
                result.AddError("--data takes a folder.");
            }
        });
        var port = new Option<int>("--port") { Description = "Where the blog is read.", HelpName = "N", DefaultValueFactory = _ => 7071 };
        port.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && (!int.TryParse(result.Tokens[0].Value, out var number) || number is < 0 or > 65535))
            {
                result.AddError("--port takes a number from 0 to 65535 (0: any free one).");
            }
        });
        var quiet = new Option<bool>("--quiet") { Description = "Print nothing but problems." };
        var files = new Argument<string[]>("FILE-OR-FOLDER") { Arity = ArgumentArity.OneOrMore, Description = "Markdown files go to posts, all others to media." };

        var upload = new Command("upload", "Upload files to the running blog, or to BlogStorage, and say what became of each.") { files };
        upload.SetAction((line, stop) => Guarded(() => UploadCommand.RunAsync(line.GetValue(files)!, line.GetValue(data)!.FullName, stop)));
        var queue = new Argument<string?>("QUEUE") { Arity = ArgumentArity.ZeroOrOne, Description = "Only this queue's." };
        var retry = new Command("retry", "Put them back to work, once the cause is mended.") { queue };
        retry.SetAction((line, stop) => Guarded(() => PoisonCommand.RetryAsync(line.GetValue(queue), line.GetValue(data)!.FullName, stop)));
        var poison = new Command("poison", "Show the messages that failed too often, and why.") { retry };
        poison.SetAction((line, stop) => Guarded(() => PoisonCommand.ListAsync(line.GetValue(data)!.FullName, stop)));
        var mail = new Argument<string?>("MAIL") { Arity = ArgumentArity.ZeroOrOne, Description = "Whose; else the first author's." };
        var signIn = new Command("sign-in", "Print a link that signs a moderator in, once, when mail is broken.") { mail };
        signIn.SetAction((line, _) => Guarded(() => Task.FromResult(SignInCommand.Run(line.GetValue(mail), line.GetValue(data)!.FullName))));
        var root = new RootCommand("Runs the blog on this machine, with its storage.") { data, port, quiet, upload, poison, signIn };
        root.SetAction((line, stop) => Guarded(() => RunCommand.RunAsync(line.GetValue(port), line.GetValue(data)!.FullName, line.GetValue(quiet), stop)));
        return root;
    }

    private static async Task<int> Guarded(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception problem) when (problem is StartFailure or SettingException)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return 1;
        }
        catch (Exception problem) when (problem is AuthenticationFailedException or RequestFailedException { Status: 401 or 403 })
        {
            await Console.Error.WriteLineAsync($"Storage does not let you in ({LocalStorage.Reason(problem)}): sign in with az login; infra/README.md says which roles it takes.");
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 1;
        }
    }
}
