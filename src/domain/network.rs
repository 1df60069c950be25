//! Addresses of clients, and the networks of the proxies that are believed when they name them.
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::str::FromStr;

use ipnet::{IpNet, Ipv6Net};

/// Networks in CIDR notation, or single addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Networks(Vec<IpNet>);

impl Networks {
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }

    /// Who sent a request that came from `peer`: each proxy that is trusted is believed in who came to it, and what stands
    /// before that, anybody may have written. `forwarded` are the values of `X-Forwarded-For`, in their order.
    pub fn client<'a>(
        &self,
        peer: IpAddr,
        forwarded: impl DoubleEndedIterator<Item = &'a str>,
    ) -> IpAddr {
        let mut client = peer.to_canonical();
        let mut hops = forwarded.flat_map(|value| value.split(',')).rev();
        while self.contains(client) {
            match hops.next().map(|hop| address(hop.trim())) {
                Some(Some(hop)) => client = hop,
                // A proxy that names no address is the last that is known.
                Some(None) | None => break,
            }
        }
        client
    }
}

/// An address as proxies write it: some with a port.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let address = bare.unwrap_or(text).parse::<IpAddr>();
    let address = address.or_else(|_| text.parse::<SocketAddr>().map(|it| it.ip()));
    address.ok().map(|address| address.to_canonical())
}

/// What of an address tells clients apart: whoever has one of IPv6 has 2⁶⁴ of them.
pub fn neighbourhood(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => {
            let network = Ipv6Net::new(address, 64).map(|network| network.network());
            IpAddr::V6(network.unwrap_or(Ipv6Addr::UNSPECIFIED))
        }
    }
}

impl FromStr for Networks {
    type Err = String;

    /// Of a comma list, which may be empty.
    fn from_str(text: &str) -> Result<Self, String> {
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        let network = |part: &str| {
            let network = part.parse::<IpNet>();
            let network = network.or_else(|_| part.parse::<IpAddr>().map(IpNet::from));
            network.map_err(|_| {
                format!("`{part}` is no address or network: give such as 127.0.0.1, 10.0.0.0/8 or fd00::/8")
            })
        };
        let networks = text.split(',').map(|part| network(part.trim()));
        networks.collect::<Result<_, _>>().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(trusted: &str, peer: &str, forwarded: &[&str]) -> String {
        let networks: Networks = trusted.parse().unwrap();
        let peer = peer.parse().unwrap();
        networks.client(peer, forwarded.iter().copied()).to_string()
    }

    #[test]
    fn nobody_is_believed_but_a_trusted_proxy() {
        assert_eq!(client("", "10.0.0.1", &["192.0.2.1"]), "10.0.0.1");
        assert_eq!(client("10.0.0.2", "10.0.0.1", &["192.0.2.1"]), "10.0.0.1");
        assert_eq!(client("10.0.0.1", "10.0.0.1", &["192.0.2.1"]), "192.0.2.1");
        assert_eq!(
            client("10.0.0.0/8", "10.9.9.9", &["192.0.2.1"]),
            "192.0.2.1"
        );
        assert_eq!(
            client("127.0.0.1", "::ffff:127.0.0.1", &["192.0.2.1"]),
            "192.0.2.1"
        );
    }

    #[test]
    fn the_client_is_the_rightmost_hop_that_is_not_trusted() {
        let trusted = "10.0.0.0/8,fd00::/8";
        let of = |forwarded: &[&str]| client(trusted, "10.0.0.1", forwarded);
        assert_eq!(
            of(&["203.0.113.9, 192.0.2.1"]),
            "192.0.2.1",
            "the left is the client's own word"
        );
        assert_eq!(of(&["203.0.113.9, 192.0.2.1, 10.0.0.7"]), "192.0.2.1");
        assert_eq!(
            of(&["192.0.2.1", "fd00::1,10.0.0.7"]),
            "192.0.2.1",
            "several headers are one list"
        );
        assert_eq!(
            of(&["10.0.0.3, 10.0.0.7"]),
            "10.0.0.3",
            "all of them are ours"
        );
        assert_eq!(of(&[]), "10.0.0.1");
    }

    #[test]
    fn ports_and_brackets_are_understood_and_nonsense_ends_the_walk() {
        let of = |forwarded: &[&str]| client("10.0.0.0/8", "10.0.0.1", forwarded);
        assert_eq!(of(&["192.0.2.1:4711"]), "192.0.2.1");
        assert_eq!(of(&["[2001:db8::1]:4711"]), "2001:db8::1");
        assert_eq!(of(&["[2001:db8::1]"]), "2001:db8::1");
        assert_eq!(of(&["2001:db8::1"]), "2001:db8::1");
        for nonsense in ["unknown", "", "a, ", "192.0.2.1, _hidden", "192.0.2"] {
            assert_eq!(of(&[nonsense]), "10.0.0.1", "{nonsense}");
        }
    }

    #[test]
    fn an_address_of_ipv6_stands_for_its_network() {
        let of = |text: &str| neighbourhood(text.parse().unwrap()).to_string();
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(of("2001:db8:1:2::"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:2::"), of("2001:db8:1:3::"));
        assert_eq!(of("192.0.2.1"), "192.0.2.1");
    }

    #[test]
    fn what_is_no_network_is_refused() {
        for wrong in ["localhost", "10.0.0.0/33", "10.0.0", "127.0.0.1,", "*"] {
            assert!(wrong.parse::<Networks>().is_err(), "{wrong}");
        }
        assert_eq!("".parse(), Ok(Networks::default()));
    }
}
