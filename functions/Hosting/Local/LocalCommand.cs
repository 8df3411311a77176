using System.CommandLine;
using Azure;
using Azure.Identity;
using ServerlessBlog.Hosting.Local.Checking;
using ServerlessBlog.Hosting.Local.Importing;
using ServerlessBlog.Hosting.Local.Uploads;
using ServerlessBlog.Hosting.Local.Verifying;

namespace ServerlessBlog.Hosting.Local;

/// <summary>
/// The command line on a developer's machine: <c>serve</c> (the default), <c>upload</c>, <c>delete</c>, <c>export</c>,
/// <c>import</c>, <c>check</c>, <c>new</c>, <c>failed</c> and <c>sign-in</c>. Not part of the published handler.
/// </summary>
internal static class LocalCommand
{
    /// <summary>False in the published handler, from which the trimmer then removes this code.</summary>
    [FeatureSwitchDefinition("ServerlessBlog.LocalHost")]
    public static bool IsSupported => !AppContext.TryGetSwitch("ServerlessBlog.LocalHost", out var on) || on;

    /// <summary>Runs the command of the arguments.</summary>
    /// <returns>
    /// The exit code. 0: success; 1: failure, with one sentence on standard error that says what to do.
    /// </returns>
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

    /// <summary>Creates the parser of all commands with their options and arguments.</summary>
    internal static RootCommand CreateRootCommand()
    {
        var data = DataOption();
        var root = new RootCommand("Run the blog on this machine, with its storage.")
        {
            data,
            Serve(data),
            Upload(data),
            Delete(data),
            ExportCommand.Create(data),
            VerifyCommand.Create(data),
            ImportCommand.Create(data),
            Failed("failed", data),
            Failed("poison", data, isHidden: true),
            SignIn(data),
            CheckCommand.Create(),
            NewPostCommand.Create(),
        };
        RunOptions.AddTo(root, data);
        return root;
    }

    /// <summary>The name of what runs without a command too.</summary>
    private static Command Serve(Option<DirectoryInfo> data)
    {
        var serve = new Command("serve", "Run the blog on this machine, with its storage; the default.");
        RunOptions.AddTo(serve, data);
        return serve;
    }

    private static Option<DirectoryInfo> DataOption()
    {
        var data = new Option<DirectoryInfo>("--data")
        {
            Description = "The folder for the blog's storage, mail and keys.",
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
        return data;
    }

    private static Command Upload(Option<DirectoryInfo> data)
    {
        var files = new Argument<string[]>("FILE-OR-FOLDER")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "Markdown files go to posts, all others to media.",
        };
        var force = new Option<bool>("--force") { Description = "Upload also what has not changed." };
        var mirror = new Option<bool>("--mirror")
        {
            Description = "Make the container posts as the folder is; delete from it what is not in the folder.",
        };
        var upload = new Command(
            "upload",
            "Upload files to the running blog, or to BlogStorage, and print the report on each."
        )
        {
            files,
            force,
            mirror,
        };
        upload.SetAction(
            (line, stop) =>
                RunGuardedAsync(() =>
                    line.GetValue(mirror)
                        ? MirrorCommand.RunAsync(line.GetValue(files)!, PathOf(data, line), line.GetValue(force), stop)
                        : UploadCommand.RunAsync(line.GetValue(files)!, PathOf(data, line), line.GetValue(force), stop)
                )
        );
        return upload;
    }

    private static Command Delete(Option<DirectoryInfo> data)
    {
        var names = new Argument<string[]>("NAME")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "The names of the files, as upload printed them.",
        };
        var delete = new Command(
            "delete",
            "Delete uploaded files of the running blog, or of BlogStorage, and print the report on each."
        )
        {
            names,
        };
        delete.SetAction(
            (line, stop) =>
                RunGuardedAsync(() => DeleteCommand.RunAsync(line.GetValue(names)!, PathOf(data, line), stop))
        );
        return delete;
    }

    private static Command Failed(string name, Option<DirectoryInfo> data, bool isHidden = false)
    {
        var queue = new Argument<string?>("QUEUE")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "The name of one queue; all queues when left out.",
        };
        var retry = new Command("retry", "Try the failed messages again, after the cause is fixed.") { queue };
        retry.SetAction(
            (line, stop) =>
                RunGuardedAsync(() => PoisonCommand.RetryAsync(line.GetValue(queue), PathOf(data, line), stop))
        );
        var failed = new Command(name, "Show the messages that failed too often, and why.") { retry };
        failed.Hidden = isHidden;
        failed.SetAction((line, stop) => RunGuardedAsync(() => PoisonCommand.ListAsync(PathOf(data, line), stop)));
        return failed;
    }

    private static Command SignIn(Option<DirectoryInfo> data)
    {
        var mail = new Argument<string?>("MAIL")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "The author's e-mail address; the first author's when left out.",
        };
        var signIn = new Command("sign-in", "Print a link that signs an author in, once, without a mail.") { mail };
        signIn.SetAction(
            (line, _) =>
                RunGuardedAsync(() => Task.FromResult(SignInCommand.Run(line.GetValue(mail), PathOf(data, line))))
        );
        return signIn;
    }

    internal static string PathOf(Option<DirectoryInfo> data, ParseResult line) => line.GetValue(data)!.FullName;

    /// <summary>
    /// Runs a command; reports expected failures as one sentence on standard error, with the exit code 1.
    /// </summary>
    internal static async Task<int> RunGuardedAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception problem) when (problem is StartException or SettingException)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return 1;
        }
        catch (Exception problem)
            when (problem is AuthenticationFailedException or RequestFailedException { Status: 401 or 403 })
        {
            await Console.Error.WriteLineAsync(
                $"Storage does not let you in ({StorageProvisioning.Reason(problem)}): sign in with az login; "
                    + "infra/README.md says which roles it takes."
            );
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 1;
        }
    }
}
