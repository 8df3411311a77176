using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Hosting;

namespace ServerlessBlog.Tests.Repository;

/// <summary>Function declarations that break the rules of <see cref="FunctionDeclarationTests"/>.</summary>
internal static class BadFunctions
{
    public static FunctionTable Table { get; } =
        new FunctionTable()
            .Add<CatchAll>()
            .Add<Form>()
            .Add<NewPost>()
            .Add<Post>()
            .Add<PostPart>()
            .Add<Start>()
            .Add<Users>();

#pragma warning disable IDE0060, CA1822 // Declarations only; nobody calls them.
    private sealed class CatchAll
    {
        [Function(nameof(CatchAll))]
        public Task<IResult> RunAsync(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "{*rest}")] HttpRequest request
        ) => throw new NotSupportedException();
    }

    private sealed class Form
    {
        [Function(nameof(Form))]
        public Task<IResult> RunAsync(
            [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "{name}")] HttpRequest request
        ) => throw new NotSupportedException();
    }

    private sealed class NewPost
    {
        [Function(nameof(NewPost))]
        public Task<IResult> RunAsync(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "POSTS/new")] HttpRequest request
        ) => throw new NotSupportedException();
    }

    private sealed class Post
    {
        [Function(nameof(Post))]
        public Task<IResult> RunAsync(
            [HttpTrigger(AuthorizationLevel.Anonymous, "GET", "head", Route = "posts/{slug}")] HttpRequest request
        ) => throw new NotSupportedException();
    }

    private sealed class PostPart
    {
        [Function(nameof(PostPart))]
        public Task<IResult> RunAsync(
            [HttpTrigger(AuthorizationLevel.Anonymous, "head", Route = "posts/all/{number?}")] HttpRequest request
        ) => throw new NotSupportedException();
    }

    private sealed class Start
    {
        [Function(nameof(Start))]
        public Task<IResult> RunAsync(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "")] HttpRequest request
        ) => throw new NotSupportedException();
    }

    private sealed class Users
    {
        [Function(nameof(Users))]
        public Task<IResult> RunAsync(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "Admin/users")] HttpRequest request
        ) => throw new NotSupportedException();
    }
#pragma warning restore IDE0060, CA1822
}
