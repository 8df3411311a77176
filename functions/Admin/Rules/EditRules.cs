using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Admin.SignIn;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Settings;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin.Rules;

/// <summary>GET /moderate/rules/edit: the rules that comments are judged by. POST tries others on the last comments, saves them, or goes back to the environment's.</summary>
public sealed class EditRules(
    AdminAuthentication authentication,
    RulesPageRenderer pages,
    RuleTable rules,
    RulesDryRun dryRun,
    SiteTable site,
    BlogSettings settings,
    TimeProvider clock
)
{
    private const int MaxFormBytes = 256 * 1024;
    private const string Meanwhile =
        "Nothing was saved: somebody has saved other rules meanwhile. Yours are below; saving again puts them over those.";

    /// <param name="request">The request; a POST has the rules, and what is to be done with them.</param>
    /// <param name="cancellationToken">The moderator has gone.</param>
    [Function(nameof(EditRules))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = AdminPaths.RulesRoute)]
            HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        authentication.LetInAsync(
            request,
            async moderator =>
                HttpMethods.IsPost(request.Method)
                    ? await ActAsync(
                        await FormReader.ReadAsync(request, MaxFormBytes, cancellationToken),
                        moderator,
                        cancellationToken
                    )
                    : await pages.ShowAsync(new RulesDraft(), cancellationToken),
            cancellationToken
        );

    private async Task<IResult> ActAsync(
        IFormCollection form,
        SignedInModerator moderator,
        CancellationToken cancellationToken
    )
    {
        if (form.Field("act") == "forget")
        {
            await rules.ForgetAsync(cancellationToken);
            await site.RaiseAsync(cancellationToken);
            return await pages.ShowAsync(
                new RulesDraft(Done: "The saved rules are deleted: the rules from the app's settings apply."),
                cancellationToken
            );
        }

        var submitted = RulesForm.Read(form.Field);
        if (submitted.Accept(settings.Comments, out var problems) is not { } accepted)
        {
            return await pages.ShowAsync(
                new RulesDraft(submitted, problems),
                cancellationToken,
                StatusCodes.Status400BadRequest
            );
        }

        if (form.Field("act") != "save")
        {
            var result = await dryRun.TryAsync(
                await rules.CurrentAsync(cancellationToken),
                accepted,
                cancellationToken
            );
            return await pages.ShowAsync(
                new RulesDraft(submitted, DryRun: result, Version: form.Field("version")),
                cancellationToken
            );
        }

        var saved = SavedRules.From(accepted, moderator.Who.Name, clock.GetUtcNow());
        var version = form.Field("version") is { Length: > 0 } sent ? sent : null;
        if (!await rules.SaveAsync(saved, version, cancellationToken))
        {
            return await pages.ShowAsync(
                new RulesDraft(submitted, new Dictionary<string, string> { ["form"] = Meanwhile }),
                cancellationToken,
                StatusCodes.Status409Conflict
            );
        }

        // Under every comment form the rules decide whether first comments are said to be checked by a person.
        await site.RaiseAsync(cancellationToken);
        return await pages.ShowAsync(
            new RulesDraft(Done: "Saved. They count for comments that come from now on."),
            cancellationToken
        );
    }
}
