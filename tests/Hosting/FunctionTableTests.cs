using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.CustomHandler;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Tests.Hosting;

/// <summary>Functions declared by attributes, in the function table and in function.json.</summary>
public sealed class FunctionTableTests
{
    [Fact]
    public void A_class_declares_one_function_with_a_trigger()
    {
        Assert.Throws<ArgumentException>(() => new FunctionTable().Add<None>());
        Assert.Throws<ArgumentException>(() => new FunctionTable().Add<Two>());
        Assert.Throws<ArgumentException>(() => new FunctionTable().Add<Untriggered>());
        Assert.Equal(["Http", "Queue", "Timer"], Table().All.Select(function => function.Name));
    }

    [Theory]
    [InlineData(
        "Http",
        """{"bindings":[{"type":"httpTrigger","direction":"in","name":"request","authLevel":"anonymous","methods":"""
            + """["get","post"],"route":"a/{b}"},{"type":"http","direction":"out","name":"res"}]}"""
    )]
    [InlineData(
        "Queue",
        """{"bindings":[{"type":"queueTrigger","direction":"in","name":"message","queueName":"work","connection":"""
            + "\"BlogStorage\"}]}"
    )]
    [InlineData(
        "Timer",
        """{"bindings":[{"type":"timerTrigger","direction":"in","name":"timer","schedule":"0 0 * * * *"}]}"""
    )]
    public void Function_json_describes_the_attributes(string function, string json) =>
        Assert.Equal(
            json,
            FunctionJsonFiles.Describe(Table().All.Single(declared => declared.Name == function)).ToJsonString()
        );

    [Fact]
    public void The_file_of_a_removed_function_is_deleted()
    {
        var folder = Directory.CreateTempSubdirectory("blog-functions-").FullName;
        try
        {
            FunctionJsonFiles.Write(new FunctionTable().Add<Http>().Add<Queue>(), folder);
            FunctionJsonFiles.Write(new FunctionTable().Add<Http>(), folder);

            Assert.Equal(
                [Path.Combine(folder, "Http", "function.json")],
                Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static FunctionTable Table() => new FunctionTable().Add<Http>().Add<Queue>().Add<Timer>();

#pragma warning disable IDE0060, CA1822 // Declarations only; they are never called.
    private sealed class Http
    {
        [Function(nameof(Http))]
        public Task<Microsoft.AspNetCore.Http.IResult> RunAsync(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "a/{b}")]
                Microsoft.AspNetCore.Http.HttpRequest request,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();
    }

    private sealed class Queue
    {
        [Function(nameof(Queue))]
        public Task RunAsync(
            [QueueTrigger("work", Connection = StorageNames.Connection)] string message,
            CancellationToken cancellationToken
        ) => Task.CompletedTask;
    }

    private sealed class Timer
    {
        [Function(nameof(Timer))]
        public Task RunAsync([TimerTrigger("0 0 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
            Task.CompletedTask;
    }

    private sealed class None
    {
        public Task RunAsync([QueueTrigger("work")] string message, CancellationToken cancellationToken) =>
            Task.CompletedTask;
    }

    private sealed class Two
    {
        [Function("One")]
        public Task OneAsync([QueueTrigger("work")] string message, CancellationToken cancellationToken) =>
            Task.CompletedTask;

        [Function("Other")]
        public Task OtherAsync([QueueTrigger("work")] string message, CancellationToken cancellationToken) =>
            Task.CompletedTask;
    }

    private sealed class Untriggered
    {
        [Function(nameof(Untriggered))]
        public Task RunAsync(string message, CancellationToken cancellationToken) => Task.CompletedTask;
    }
#pragma warning restore IDE0060, CA1822
}
