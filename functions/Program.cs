using ServerlessBlog.Admin.Comments;
using ServerlessBlog.Admin.Failures;
using ServerlessBlog.Admin.Posts;
using ServerlessBlog.Admin.Rules;
using ServerlessBlog.Admin.SignIn;
using ServerlessBlog.Comments.Endpoints;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Feeds;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.CustomHandler;
using ServerlessBlog.Hosting.Failures;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Hosting.Worker;
using ServerlessBlog.Notifications;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Settings;
using ServerlessBlog.Site;
using ServerlessBlog.Site.Lists;
using ServerlessBlog.Site.Media;
using ServerlessBlog.Web.Caching;
using ServerlessBlog.Web.Layout;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog;

/// <summary>The table of contents: the functions, the start; the services are in <see cref="Services"/>.</summary>
internal static class Program
{
    /// <summary>Every function there is.</summary>
    public static FunctionTable Functions { get; } =
        new FunctionTable()
            // People
            .Add<ReadHome>()
            .Add<ReadOlder>()
            .Add<ReadTags>()
            .Add<ReadArchive>()
            .Add<ReadFeed>()
            .Add<ReadSitemap>()
            .Add<ReadRobots>()
            .Add<ReadMedia>()
            .Add<ReadStyle>()
            .Add<ReadScript>()
            .Add<PostComment>()
            .Add<PreviewComment>()
            .Add<ReadFormToken>()
            .Add<ReviewComment>()
            .Add<ReviseComment>()
            .Add<OpenAdmin>()
            .Add<FollowSignInLink>()
            .Add<SignOut>()
            .Add<ListComments>()
            .Add<ShowComment>()
            .Add<EditRules>()
            .Add<ShowFailures>()
            .Add<ListPosts>()
            .Add<EditPost>()
            .Add<ReadPost>()
            // Queues
            .Add<PublishPost>()
            .Add<RaisePage>()
            .Add<ModerateComment>()
            .Add<SendNotification>()
            .Add<SendSignInLink>()
            // Time
            .Add<PublishDue>()
            .Add<SweepComments>()
            .Add<ForgetAddresses>()
            .Add<ForgetComments>()
            .Add<SweepPages>()
            .Add<WatchPoison>();

    public static async Task<int> Main(string[] args)
    {
        try
        {
            if (args is ["write-functions", var directory])
            {
                FunctionJsonFiles.Write(Functions, directory);
                return 0;
            }

            if (FunctionsWorker.IsSupported && FunctionsWorker.IsMeant(args))
            {
                return await FunctionsWorker.RunAsync(args);
            }

            if (Environment.GetEnvironmentVariable(CustomHandlerHost.PortVariable) is { } port)
            {
                return await CustomHandlerHost.RunAsync(port, Compose, Arrange);
            }

            if (LocalCommand.IsSupported)
            {
                return await LocalCommand.RunAsync(args);
            }

            throw new SettingException(
                $"This is an Azure Functions custom handler: start it with 'func start', or set {CustomHandlerHost.PortVariable}."
            );
        }
        catch (SettingException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return 1;
        }
    }

    /// <summary>What our own host needs, and the services.</summary>
    public static void Compose(WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        Functions.AddTo(builder.Services);
        builder.Services.AddSingleton<TriggerInvoker>();
        Services.Compose(builder);
    }

    /// <summary>What every request goes through before its function.</summary>
    public static void Arrange(WebApplication app)
    {
        // Bad settings are told at the start, not to the first reader. No call is made.
        _ = app.Services.GetRequiredService<BlogStorage>();
        app.Services.GetRequiredService<UnknownSettings>()
            .Log(app.Services.GetRequiredService<ILogger<UnknownSettings>>());
        app.Use(app.Services.GetRequiredService<ErrorPageMiddleware>().InvokeAsync);
        app.Use(app.Services.GetRequiredService<HotPageMiddleware>().InvokeAsync);
    }
}
