using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.Net.Http.Headers;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// Of several endpoints with the same route takes the one that reads the media type of the body. It refuses nothing:
/// where none reads it, who asks is asked for their role first.
/// </summary>
internal sealed class ByMediaType : MatcherPolicy, IEndpointSelectorPolicy
{
    /// <inheritdoc/>
    public override int Order => 0;

    /// <inheritdoc/>
    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) =>
        endpoints.Count > 1 && endpoints.Any(e => e.Metadata.GetMetadata<IAcceptsMetadata>() is not null);

    /// <inheritdoc/>
    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        ArgumentNullException.ThrowIfNull(candidates);
        if (!MediaTypeHeaderValue.TryParse(httpContext.Request.ContentType, out var type))
        {
            return Task.CompletedTask;
        }

        var valid = Enumerable.Range(0, candidates.Count).Where(candidates.IsValidCandidate).ToList();
        // A better fitting route comes first and wins whatever it reads.
        var best = valid.Where(i => RouteOf(i) == RouteOf(valid[0])).ToList();
        if (best.Exists(Reads))
        {
            best.Where(i => !Reads(i)).ToList().ForEach(i => candidates.SetValidity(i, false));
        }

        return Task.CompletedTask;

        string? RouteOf(int i) => (candidates[i].Endpoint as RouteEndpoint)?.RoutePattern.RawText;

        bool Reads(int i) =>
            candidates[i].Endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is { } accepts
            && accepts.ContentTypes.Any(known => type.IsSubsetOf(new MediaTypeHeaderValue(known)));
    }
}
