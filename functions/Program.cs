using ServerlessBlog.Comments;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Media;
using ServerlessBlog.Notices;
using ServerlessBlog.Pages;
using ServerlessBlog.Posts;

namespace ServerlessBlog;

/// <summary>The table of contents: the functions, the services, the start.</summary>
internal static class Program
{
    /// <summary>Every function there is.</summary>
    public static FunctionTable Functions { get; } = new FunctionTable()

        // People
        .Add<ReadHome>()
        .Add<ReadOlder>()
        .Add<ReadPost>()
        .Add<ReadConversation>()
        .Add<ReadMedia>()
        .Add<ReadStyle>()
        .Add<PostComment>()
        .Add<ReviewComment>()
        .Add<WelcomeLostReader>()

        // Queues
        .Add<PublishPost>()
        .Add<RaisePage>()
        .Add<ModerateComment>()
        .Add<SendNotice>()

        // Time
        .Add<PublishDue>()
        .Add<SweepComments>()
        .Add<SweepPages>();

    public static async Task<int> Main(string[] args)
    {
        try
        {
            if (args is ["write-functions", var directory])
            {
                FunctionFiles.Write(Functions, directory);
                return 0;
            }

            if (Environment.GetEnvironmentVariable(CustomHandler.PortVariable) is { } port)
            {
                return await CustomHandler.RunAsync(port, Compose, Arrange);
            }

            if (LocalCommand.IsSupported)
            {
                return await LocalCommand.RunAsync(args);
            }

            throw new SettingException($"This is an Azure Functions custom handler: start it with 'func start', or set {CustomHandler.PortVariable}.");
        }
        catch (SettingException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return 1;
        }
    }

    /// <summary>The services.</summary>
    public static void Compose(WebApplicationBuilder builder)
    {
        var settings = BlogSettings.Read(builder.Configuration);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        var services = builder.Services;
        Functions.AddTo(services);

        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<BlogStorage>();
        services.AddSingleton<FailureTable>();
        services.AddSingleton<Triggers>();

        services.AddSingleton<UploadFiles>();
        services.AddSingleton<AcceptedFiles>();
        services.AddSingleton<ReportFiles>();
        services.AddSingleton<PostTable>();
        services.AddSingleton<AddressTable>();
        services.AddSingleton<SiteTable>();
        services.AddSingleton<Publisher>();
        services.AddSingleton<PageRaiser>();
        services.AddSingleton<RaiseInbox>();

        services.AddSingleton<MediaFiles>();

        services.AddSingleton<CommentTable>();
        services.AddSingleton<ModerationInbox>();
        services.AddSingleton<Moderation>();
        services.AddSingleton<SignedLinks>();
        services.AddSingleton<HeldNotice>();

        services.AddSingleton<NoticeTable>();
        services.AddSingleton<NoticeInbox>();
        services.AddSingleton<NoticeDesk>();
        services.AddSingleton(provider => Notifiers.For(settings, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>()));

        services.AddSingleton<PageFiles>();
        services.AddSingleton<PageCache>();
        services.AddSingleton<Look>();
        services.AddSingleton<Front>();
        services.AddSingleton<HomePages>();
        services.AddSingleton<PostPages>();
        services.AddSingleton<Edge>();
    }

    /// <summary>What every request goes through before its function.</summary>
    public static void Arrange(WebApplication app)
    {
        // Bad settings are told at the start, not to the first reader. No call is made.
        _ = app.Services.GetRequiredService<BlogStorage>();
        app.Use(app.Services.GetRequiredService<Edge>().InvokeAsync);
    }
}
