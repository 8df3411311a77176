using System.Text;
using ServerlessBlog.Hosting;

namespace ServerlessBlog.Tests.Hosting;

public sealed class InvocationPayloadTests
{
    [Theory]
    [InlineData("")]
    [InlineData("plain words")]
    [InlineData("\"in quotes\"")]
    [InlineData("\"")]
    [InlineData("""{"a":"b \" c","d":[1,2]}""")]
    [InlineData("42")]
    [InlineData("null")]
    [InlineData("Grüße, 你好, 🎉 & <b>\\ \n\t")]
    public void A_written_payload_can_be_read_again(string message) =>
        Assert.Equal(message, InvocationPayload.Read(InvocationPayload.Write("message", message), "message"));

    [Theory]
    [InlineData("""{"Data":{"message":"\"text\""},"Metadata":{}}""", "text")] // as the host sends it
    [InlineData("""{"Data":{"message":"text"}}""", "text")]
    [InlineData("""{"Data":{"message":"\"not closed"}}""", "\"not closed")]
    [InlineData("""{"Data":{"message":"\"a\" and \"b\""}}""", "\"a\" and \"b\"")]
    [InlineData("""{"Data":{"message":"\"\\u00fc \\\"x\\\"\""}}""", "ü \"x\"")]
    [InlineData("""{"Data":{"message":{"subject":"a","list":[1]}}}""", """{"subject":"a","list":[1]}""")]
    [InlineData("""{"Data":{"message":42}}""", "42")]
    [InlineData("""{"Data":{"message":"{\"subject\":\"a\"}"}}""", """{"subject":"a"}""")]
    public void A_message_is_read_however_often_it_was_encoded(string envelope, string message) =>
        Assert.Equal(message, Read(envelope));

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    [InlineData("""{"Data":null}""")]
    [InlineData("""{"Data":[]}""")]
    [InlineData("""{"Data":{}}""")]
    [InlineData("""{"Data":{"message":null}}""")]
    [InlineData("""{"Data":{"other":"text"}}""")]
    [InlineData("""{"Data":{"message":"a"},"Data":{"message":"b"}}""")]
    [InlineData("""{"Data":{"message":"\ud800"}}""")]
    public void An_invalid_payload_is_refused(string envelope) =>
        Assert.Throws<InvocationPayloadException>(() => Read(envelope));

    private static string Read(string envelope) => InvocationPayload.Read(Encoding.UTF8.GetBytes(envelope), "message");
}
