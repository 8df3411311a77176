using Microsoft.Azure.Functions.Worker;
using Moq;
using ServerlessBlog.Hosting.Timers;

namespace ServerlessBlog.Tests.Hosting.Timers;

public sealed class TimerTaskTests
{
    [Fact]
    public async Task A_check_that_fails_stops_no_other_and_fails_the_invocation()
    {
        var (bad, good) = (new Mock<IHourlyTask>(), new Mock<IHourlyTask>());
        bad.Setup(task => task.RunAsync(It.IsAny<CancellationToken>())).ThrowsAsync(new IOException("Broken."));
        good.Setup(task => task.RunAsync(It.IsAny<CancellationToken>())).Returns(Task.CompletedTask);

        var run = new CheckHourly([bad.Object, good.Object]).RunAsync(new TimerInfo(), CancellationToken.None);

        await Assert.ThrowsAsync<IOException>(() => run);
        good.Verify(task => task.RunAsync(It.IsAny<CancellationToken>()), Times.Once);
    }

    [Fact]
    public async Task A_daily_task_that_fails_stops_no_other_and_fails_the_invocation()
    {
        var (bad, good) = (new Mock<IDailyTask>(), new Mock<IDailyTask>());
        bad.Setup(task => task.RunAsync(It.IsAny<CancellationToken>())).ThrowsAsync(new IOException("Broken."));
        good.Setup(task => task.RunAsync(It.IsAny<CancellationToken>())).Returns(Task.CompletedTask);

        var run = new CleanUpDaily([bad.Object, good.Object]).RunAsync(new TimerInfo(), CancellationToken.None);

        await Assert.ThrowsAsync<IOException>(() => run);
        good.Verify(task => task.RunAsync(It.IsAny<CancellationToken>()), Times.Once);
    }
}
