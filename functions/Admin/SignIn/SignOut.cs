using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Settings;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin.SignIn;

/// <summary>POST /moderate/session/end: signs a moderator out, in this browser or, with everywhere=yes, in all.</summary>
public sealed class SignOut(DeskDoor door, DeskSessions sessions)
{
    private const int MaxFormBytes = 8 * 1024;

    /// <param name="request">The form.</param>
    /// <param name="cancellationToken">The moderator has gone.</param>
    [Function(nameof(SignOut))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = AdminPaths.SignOutRoute)] HttpRequest request, CancellationToken cancellationToken) =>
        door.LetInAsync(
            request,
            async visitor =>
            {
                var form = await Forms.ReadAsync(request, MaxFormBytes, cancellationToken);
                await sessions.EndAsync(visitor, form["everywhere"] == "yes", cancellationToken);
                DeskDoor.Forget(request.HttpContext.Response);
                return new SeeOther(AdminPaths.Home);
            },
            cancellationToken);
}
