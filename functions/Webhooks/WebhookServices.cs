using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Posts.Publishing;

namespace ServerlessBlog.Webhooks;

/// <summary>Registers the services of this folder.</summary>
internal static class WebhookServices
{
    /// <summary>Adds the services as singletons. Makes no call to storage.</summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services) =>
        services
            .AddSingleton<WebhookOutbox>()
            .AddSingleton<IJudgedCommentHandler, CommentWebhooks>()
            .AddSingleton<PostWebhooks>()
            .AddSingleton<IPostChangeHandler>(provider => provider.GetRequiredService<PostWebhooks>())
            .AddSingleton<IUploadReportHandler>(provider => provider.GetRequiredService<PostWebhooks>());
}
