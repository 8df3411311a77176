using ServerlessBlog.Admin;
using ServerlessBlog.Admin.Comments;
using ServerlessBlog.Admin.Failures;
using ServerlessBlog.Admin.Mail;
using ServerlessBlog.Admin.Posts;
using ServerlessBlog.Admin.Rules;
using ServerlessBlog.Admin.SignIn;
using ServerlessBlog.Admin.Theme;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Endpoints;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Feeds;
using ServerlessBlog.Hosting.CustomHandler;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Hosting.Worker;
using ServerlessBlog.Letters;
using ServerlessBlog.Letters.Endpoints;
using ServerlessBlog.Letters.Mailings;
using ServerlessBlog.Media;
using ServerlessBlog.Notifications;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Privacy;
using ServerlessBlog.Search;
using ServerlessBlog.Site;
using ServerlessBlog.Site.Cards;
using ServerlessBlog.Site.Lists;
using ServerlessBlog.Site.Media;
using ServerlessBlog.Web;
using ServerlessBlog.Web.Caching;
using ServerlessBlog.Web.Health;
using ServerlessBlog.Web.Icons;
using ServerlessBlog.Web.Layout;
using ServerlessBlog.Web.Results;
using ServerlessBlog.Webhooks;

namespace ServerlessBlog;

/// <summary>Entry point: lists every function and decides which host calls them.</summary>
internal static class Program
{
    /// <summary>Every function of the blog, by trigger.</summary>
    public static FunctionTable Functions { get; } =
        new FunctionTable()
            // HTTP
            .Add<ReadHome>()
            .Add<ReadOlder>()
            .Add<ReadPosts>()
            .Add<ReadOlderPosts>()
            .Add<ReadTags>()
            .Add<ReadAuthors>()
            .Add<ReadArchive>()
            .Add<ReadFeed>()
            .Add<ReadAtom>()
            .Add<ReadJsonFeed>()
            .Add<ReadCommentFeed>()
            .Add<ReadSitemap>()
            .Add<ReadSitemapPart>()
            .Add<ReadRobots>()
            .Add<ReadSearch>()
            .Add<ReadOpenSearch>()
            .Add<ReadSecurityContact>()
            .Add<ReadMedia>()
            .Add<ReadSocialCard>()
            .Add<ReadStyle>()
            .Add<ReadScript>()
            .Add<ReadAdminScript>()
            .Add<ReadFavicon>()
            .Add<ReadTouchIcon>()
            .Add<ReadManifest>()
            .Add<ReadIcon>()
            .Add<ReadHealth>()
            .Add<ReadReadiness>()
            .Add<PostComment>()
            .Add<PreviewComment>()
            .Add<ReadFormToken>()
            .Add<ReviewComment>()
            .Add<ReviseComment>()
            .Add<RequestLetters>()
            .Add<ManageLetters>()
            .Add<ReadPrivacy>()
            .Add<AnswerPrivacy>()
            .Add<OpenAdmin>()
            .Add<FollowSignInLink>()
            .Add<SignOut>()
            .Add<ManageSessions>()
            .Add<SignInWithPasskey>()
            .Add<ReadPasskeyScript>()
            .Add<ListComments>()
            .Add<ShowComment>()
            .Add<ReadBadge>()
            .Add<EditRules>()
            .Add<EditSite>()
            .Add<EditTheme>()
            .Add<ManageMail>()
            .Add<ManagePerson>()
            .Add<ShowFailures>()
            .Add<ListPosts>()
            .Add<ShowPost>()
            .Add<PreviewPost>()
            .Add<EditPost>()
            .Add<ReadPost>()
            // Queues
            .Add<PublishPost>()
            .Add<RaisePage>()
            .Add<ModerateComment>()
            .Add<SendNotification>()
            .Add<SendSignInLink>()
            // Timers
            .Add<CheckHourly>()
            .Add<CleanUpDaily>();

    /// <summary>
    /// Runs, in this order of precedence: <c>write-functions DIRECTORY</c> (part of a publish), the isolated worker,
    /// the custom handler, or a command of the local command line.
    /// </summary>
    /// <returns>0 after a regular end; 1 after an error, with one sentence on the error stream.</returns>
    public static async Task<int> Main(string[] args)
    {
        try
        {
            if (args is ["write-functions", var directory])
            {
                FunctionJsonFiles.Write(Functions, directory);
                return 0;
            }

            if (FunctionsWorker.IsSupported && FunctionsWorker.IsRequested(args))
            {
                return await FunctionsWorker.RunAsync(args);
            }

            if (Environment.GetEnvironmentVariable(CustomHandlerHost.PortVariable) is { } port)
            {
                return await CustomHandlerHost.RunAsync(port, ConfigureBuilder, ConfigurePipeline);
            }

            if (LocalCommand.IsSupported)
            {
                return await LocalCommand.RunAsync(args);
            }

            throw new SettingException(
                "This is an Azure Functions custom handler: start it with 'func start', or set "
                    + $"{CustomHandlerHost.PortVariable}."
            );
        }
        catch (SettingException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return 1;
        }
    }

    /// <summary>Registers the blog's services, whichever host calls the functions. Makes no call to storage.</summary>
    /// <exception cref="SettingException">A setting has an unusable value, or a required one is missing.</exception>
    public static IServiceCollection AddBlog(this IHostApplicationBuilder builder) =>
        builder
            .Services.AddSettings(builder.Configuration)
            .AddHosting()
            .AddTelemetry(builder.Configuration)
            .AddMedia()
            .AddPosts()
            .AddNotifications()
            .AddComments()
            .AddLetters()
            .AddWeb()
            .AddSite()
            .AddFeeds()
            .AddMailings()
            .AddWebhooks()
            .AddSearch()
            .AddPrivacy()
            .AddAdmin();

    /// <summary>Configures the custom handler and the local host, which call the functions themselves.</summary>
    public static void ConfigureBuilder(WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        Functions.AddTo(builder.Services);
        builder.Services.AddSingleton<TriggerInvoker>();
        builder.AddBlog();
    }

    /// <summary>Adds the blog's middleware, which runs before routing.</summary>
    public static void ConfigurePipeline(WebApplication app)
    {
        _ = app.Services.GetRequiredService<BlogStorage>(); // an unusable setting fails the start; no call to storage
        app.Services.GetRequiredService<UnknownSettings>()
            .Log(app.Services.GetRequiredService<ILogger<UnknownSettings>>());
        app.Use(app.Services.GetRequiredService<RequestTelemetry>().InvokeAsync);
        app.Use(app.Services.GetRequiredService<ErrorPageMiddleware>().InvokeAsync);
        app.Use(app.Services.GetRequiredService<OriginSecretMiddleware>().InvokeAsync);
        app.Use(app.Services.GetRequiredService<HotPageMiddleware>().InvokeAsync);
    }
}
