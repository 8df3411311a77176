namespace ServerlessBlog.Tests.Crashes;

[Trait("Category", "Slow")]
public sealed class SoakTests
{
    [Fact]
    public async Task Two_handlers_on_one_storage_lose_nothing_duplicate_nothing_and_serve_nothing_out_of_order() =>
        Assert.Matches(
            @"^[1-9]\d* reads, [1-9]\d* comments, [1-9]\d* decisions, [1-9]\d* uploads$",
            await Soak.RunAsync(TimeSpan.FromSeconds(8))
        );
}
