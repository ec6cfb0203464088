namespace CustomerService.ServiceDefaults.Tests;

public sealed class SecretLinkTests
{
    [Fact]
    public void Given_a_new_link_When_it_is_made_Then_its_token_has_256_random_bits_and_belongs_to_its_hash()
    {
        var link = SecretLink.New();

        link.Token.Length.ShouldBe(43);
        link.Token.ShouldNotBe(SecretLink.New().Token);
        link.Hash.ShouldBe(SecretLink.HashOf(link.Token));
        SecretLink.Matches(link.Token, link.Hash).ShouldBeTrue();
        link.ToString().ShouldNotContain(link.Token);
    }

    [Fact]
    public void Given_the_hash_of_a_token_When_it_is_made_Then_it_is_SHA_256_in_lower_case() =>
        SecretLink.HashOf("abc").ShouldBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

    [Fact]
    public void Given_another_token_When_it_is_held_against_the_hash_Then_it_does_not_match()
    {
        var link = SecretLink.New();

        SecretLink.Matches(SecretLink.New().Token, link.Hash).ShouldBeFalse();
        SecretLink.Matches(null, link.Hash).ShouldBeFalse();
        SecretLink.Matches(link.Token, "").ShouldBeFalse();
    }

    [Fact]
    public void Given_what_cannot_be_a_token_When_it_is_looked_at_Then_no_store_need_be_asked()
    {
        var token = SecretLink.New().Token;
        SecretLink.IsWellFormed(token).ShouldBeTrue();

        foreach (var wrong in new[] { null, "", "x", token + "A", token[..^1], token[..^1] + "/", "../../etc/passwd" })
        {
            SecretLink.IsWellFormed(wrong).ShouldBeFalse(wrong);
        }
    }
}
